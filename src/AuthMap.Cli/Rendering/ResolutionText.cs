using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Mappings;
using AuthMap.Planning;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cli.Rendering;

/// <summary>An answer to <c>resolve</c>, with what explains it.</summary>
internal sealed record ResolveAnswer(Snapshot Snapshot, AwsAuthDocument Document, Caller Caller, Resolution Resolution)
{
    /// <summary>The entries of the same ARN that another one hides, with the reason.</summary>
    public IReadOnlyList<EntryStatus> Shadowed { get; } = Resolution.Canonical is { } canonical
        ? [.. EntryStatus.Of(Document).Where(status => status.Reachability == Reachability.Shadowed
            && Arns.Arn.LookupKey(status.Located.Mapping.Identity) == canonical.LookupKey)]
        : [];

    public IReadOnlyList<NearMiss> NearMisses { get; } =
        Resolution.Canonical is { } canonical ? NearMiss.Find(Document, canonical) : [];

    /// <summary>Who is bound to what in the cluster; null when nobody asked.</summary>
    public KnownBindings? Bindings { get; init; }

    /// <summary>Whether the caller is who runs the program, and not one that the options describe.</summary>
    public bool IsSelf { get; init; }

    /// <summary>What an outcome allows; null when nobody asked, and for who is turned away.</summary>
    public Entitlement? Entitlement(ResolvedOutcome outcome) =>
        Bindings is null || outcome.Error is not null ? null : Rbac.Entitlement.Of(outcome, Bindings);

    /// <summary>How the program ends.</summary>
    public ExitCode ExitCode => Resolution.IsAmbiguous ? ExitCode.Differences
        : Resolution.Outcomes[0].Error is null ? ExitCode.Done
        : ExitCode.NotFound;

    /// <summary>An entry as the map writes it.</summary>
    public string Text(LocatedEntry located)
    {
        var span = located.Entry.Span;
        return Document[located.Key].Text![span.Start..span.End];
    }

    public string Place(SectionKey key, TextPosition position) => $"{key.Name()} line {Places.Line(Snapshot, key, position)}";
}

/// <summary>Writes that answer for people.</summary>
internal static class ResolutionText
{
    public static void Write(TextWriter output, ResolveAnswer answer)
    {
        output.WriteLine(Printable.Line(answer.Resolution.Canonical?.Text ?? answer.Caller.Arn));
        if (answer.Resolution.IsAmbiguous)
        {
            Line("ambiguous", "the authenticator picks one of these at random, request by request");
        }

        foreach (var outcome in answer.Resolution.Outcomes)
        {
            Outcome(outcome);
        }

        foreach (var miss in answer.NearMisses)
        {
            Line("near miss", $"{answer.Place(miss.Key, miss.Position)}: {(miss.Text is null ? "" : miss.Text + " ")}{miss.Reason}");
        }

        void Outcome(ResolvedOutcome outcome)
        {
            if (outcome.Error is { } error)
            {
                Line("denied", answer.Resolution.Canonical is not null && outcome.Entry is null && answer.Caller.UserId is null
                    ? "no entry matches"
                    : error);
            }
            else
            {
                Line("enters as", outcome.Username.Length > 0 ? outcome.Username : "nobody in particular: the entry has no username");
                Line("groups", outcome.Groups.Count > 0 ? string.Join(", ", outcome.Groups) : "none");
            }

            if (outcome.Entry is { } entry)
            {
                Line("because", Because(answer, entry));
                if (!answer.IsSelf)
                {
                    Text(answer.Text(entry).Split('\n'));
                }
            }

            foreach (var template in outcome.Unfilled)
            {
                Line("note", $"{template} stays as it is written: {(answer.IsSelf ? "what it stands for is not known here" : Missing(template))}");
            }

            if (answer.Entitlement(outcome) is { } entitlement)
            {
                EntitlementText.Write(output, entitlement, isNamed: outcome.Unfilled.Count == 0);
            }
        }

        // The first line stands behind the dash; the others keep their indentation among each other.
        void Text(string[] lines)
        {
            var deep = lines.Skip(1).Where(line => line.Trim().Length > 0)
                .Select(line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
            Line("entry", lines[0]);
            foreach (var line in lines.Skip(1))
            {
                Line("", line.Length > deep ? line[deep..].TrimEnd() : "");
            }
        }

        void Line(string label, string text) => WriteLine(output, label, text);
    }

    /// <summary>Writes a fact under the name of what it is.</summary>
    public static void WriteLine(TextWriter output, string label, string text) => output.WriteLine($"  {label,-10}  {Printable.Line(text)}");

    private static string Because(ResolveAnswer answer, LocatedEntry entry)
    {
        string[] parts =
        [
            entry.Mapping is AccountMapping ? $"{entry.Place} lets in everybody of the account, without groups" : entry.Place,
            .. answer.Shadowed.Select(status => $"line {status.Located.Line} of {status.Located.Key.Name()} names the same principal and is shadowed"),
        ];
        return string.Join("; ", parts);
    }

    private static string Missing(string template) => template switch
    {
        "{{EC2PrivateDNSName}}" => "--private-dns says what EC2 would answer",
        "{{AccessKeyID}}" => "--access-key-id says which key signs the token",
        _ => "--session-name says which session it is",
    };
}
