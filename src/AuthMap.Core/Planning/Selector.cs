using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Which entries are meant; what is given narrows, what is null does not.</summary>
/// <param name="Arn">An ARN, as typed.</param>
/// <param name="Account">An account id. An account's entry has neither ARN, username nor group, so anything else beside it leaves
/// nothing.</param>
/// <param name="Username">A username, exactly.</param>
/// <param name="Group">A group that the entry must have, exactly.</param>
public sealed record Selector(string? Arn, string? Account, string? Username, string? Group)
{
    /// <summary>Whether nothing is given, so that everything is meant.</summary>
    public bool IsEmpty => this is { Arn: null, Account: null, Username: null, Group: null };

    /// <summary>
    /// The entries that are meant. An ARN means the entries that are equal to it as typed, without case, whatever they are good
    /// for; only if there are none, those of the form that <see cref="PrincipalArn"/> would write, with a notice.
    /// </summary>
    /// <param name="document">The map.</param>
    public Selection Select(AwsAuthDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Select(new MapIndex(document));
    }

    internal Selection Select(MapIndex index)
    {
        if (Arn is null)
        {
            return new(Narrow(Account is null ? index.All : index.ByAccount(Account)), []);
        }

        if (index.ByArn(Arn) is { } exact)
        {
            return new(Narrow(exact.Entries), []);
        }

        return PrincipalArn.TryParse(Arn, keepPath: false, out var principal, out _) && index.ByArn(principal.Arn) is { } canonical
            ? new(Narrow(canonical.Entries), [Notice.Note($"no entry names {Arn}; using {principal.Arn}")])
            : new([], []);
    }

    /// <summary>The selector in words, for example <c>arn:… with username dev</c>.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            .. Arn is null ? (string[])[] : [Arn],
            .. Account is null ? (string[])[] : [$"account {Account}"],
            .. Username is null ? (string[])[] : [$"username {Username}"],
            .. Group is null ? (string[])[] : [$"group {Group}"],
        ];
        return parts.Length == 0 ? "anything" : string.Join(" with ", parts);
    }

    private LocatedEntry[] Narrow(IReadOnlyList<LocatedEntry> entries) => [.. entries.Where(located => located.Mapping switch
    {
        AccountMapping => this is { Arn: null, Username: null, Group: null },
        PrincipalMapping principal => Account is null
            && (Username is null || principal.Username == Username)
            && (Group is null || principal.Groups.Contains(Group, StringComparer.Ordinal)),
        _ => false,
    })];
}

/// <summary>What a selector found.</summary>
/// <param name="Entries">The entries, in the order of the map.</param>
/// <param name="Notices">How they differ from what was typed.</param>
public sealed record Selection(IReadOnlyList<LocatedEntry> Entries, IReadOnlyList<Notice> Notices);
