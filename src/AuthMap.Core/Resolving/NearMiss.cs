using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Resolving;

/// <summary>Something in the map that was probably meant for a caller and does nothing for it.</summary>
/// <param name="Key">The key it stands in.</param>
/// <param name="Position">Where in the key's text.</param>
/// <param name="Text">The ARN as the entry writes it; null for what the authenticator cannot read.</param>
/// <param name="Reason">Why it does nothing, as the end of a sentence that begins with the text, or alone.</param>
public sealed record NearMiss(SectionKey Key, TextPosition Position, string? Text, string Reason)
{
    /// <summary>Looks for what was probably meant for a caller; in time linear in the size of the map.</summary>
    /// <param name="document">The map.</param>
    /// <param name="canonical">The caller's canonical ARN.</param>
    /// <returns>Entries in the order of the map, then what cannot be read.</returns>
    public static IReadOnlyList<NearMiss> Find(AwsAuthDocument document, CanonicalArn canonical)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(canonical);
        if (!Arn.TryParse(canonical.LookupKey, out var caller, out _))
        {
            return [];
        }

        return
        [
            .. from section in document.Sections
            from entry in section.Entries
            let reason = entry.Mapping is PrincipalMapping ? WhyNot(entry.Mapping, caller) : null
            where reason is not null
            select new NearMiss(section.Key, entry.Position, entry.Mapping.Identity, reason),
            .. from section in document.Sections
            from fault in section.Faults
            where fault.Cost != FaultCost.Field && Mentions(section, fault, caller)
            select new NearMiss(section.Key, fault.Position, null, fault.Cost == FaultCost.Key
                ? $"the authenticator drops all of {section.Key.Name()}: {fault.Message}"
                : $"the authenticator drops an entry: {fault.Message}"),
        ];
    }

    private static string? WhyNot(Mapping mapping, Arn caller)
    {
        if (mapping is RoleMapping { Sso: { } sso })
        {
            return Arn.LookupKey(caller.ToString()).StartsWith(SsoPattern.Of(sso with { Partition = "" }), StringComparison.Ordinal)
                ? "is an sso entry, which needs a feature of the authenticator that EKS does not turn on"
                : null;
        }

        var key = Arn.LookupKey(mapping.Identity);
        if (key == caller.ToString() || !Arn.TryParse(key, out var entry, out _))
        {
            return null;
        }

        if (key.Contains('*') || key.Contains('?'))
        {
            return Wildcard.Matches(key, caller.ToString()) ? "has a wildcard, which is compared as it is" : null;
        }

        if (NameOf(entry) != NameOf(caller))
        {
            return null;
        }

        // The name is the caller's; something else is not.
        return entry.Partition != caller.Partition ? $"is of the partition {entry.Partition}, and the caller of {caller.Partition}"
            : entry.Account != caller.Account ? $"is of the account {entry.Account}, and the caller of {caller.Account}"
            : MatchableArn.WhyNot(mapping.Identity) is { } never ? never
            : TypeOf(entry) != TypeOf(caller) ? $"is a {TypeOf(entry)}, and the caller a {TypeOf(caller)}"
            : "has another path than the caller";
    }

    // What cannot be read is worth naming when the caller's name stands in it.
    private static bool Mentions(Section section, Fault fault, Arn caller)
    {
        var text = Arn.LookupKey(section.Text ?? "");
        if (fault.Cost == FaultCost.Key)
        {
            return text.Contains(NameOf(caller), StringComparison.Ordinal);
        }

        var lines = text.Split('\n');
        var from = Math.Clamp(fault.Position.Line - 1, 0, lines.Length - 1);
        var to = Array.FindIndex(lines, from + 1, line => line.StartsWith("- ", StringComparison.Ordinal));
        return lines[from..(to < 0 ? lines.Length : to)].Any(line => line.Contains(NameOf(caller), StringComparison.Ordinal));
    }

    private static string TypeOf(Arn arn) => arn.Resource.Split('/')[0];

    // A role's session is named by its role, everything else by the last part.
    private static string NameOf(Arn arn) => arn.Resource.Split('/') switch
    {
        ["assumed-role", .., var role, _] => role,
        var parts => parts[^1],
    };
}
