using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>The entries of a map, found by what the authenticator finds them by; each way to find them is prepared when it is first asked for, in one pass.</summary>
internal sealed class MapIndex
{
    private Dictionary<string, ArnGroup>? _byArn;
    private Dictionary<string, List<LocatedEntry>>? _byMeantArn;
    private bool _wasAskedForMeant;
    private Dictionary<string, List<LocatedEntry>>? _byAccount;

    public MapIndex(AwsAuthDocument document)
    {
        Document = document;
        All = [.. document.Sections.SelectMany(section => section.Entries.Select(entry => new LocatedEntry(section.Key, entry, document.LineOf(section.Key, entry.Position))))];
    }

    public AwsAuthDocument Document { get; }

    /// <summary>Every entry, in the order of the map: roles, users, accounts.</summary>
    public IReadOnlyList<LocatedEntry> All { get; }

    /// <summary>The entries with this ARN, in either list; null when there are none.</summary>
    public ArnGroup? ByArn(string arn) => (_byArn ??= GroupByArn()).GetValueOrDefault(Arn.LookupKey(arn));

    /// <summary>The entries that never match but were probably meant for this role: its ARN with a path, or that of a session.</summary>
    public IReadOnlyList<LocatedEntry> MeantFor(string arn)
    {
        var key = Arn.LookupKey(arn);
        if (_byMeantArn is null && !_wasAskedForMeant)
        {
            // To take every ARN of a large map apart is not worth one question; the role's name stands in all that are meant for it.
            _wasAskedForMeant = true;
            var name = key[(key.LastIndexOf('/') + 1)..];
            return [.. All.Where(located => KeyOf(located).Contains(name, StringComparison.Ordinal) && MeantBy(located) == key)];
        }

        return (_byMeantArn ??= GroupBy(MeantBy)).GetValueOrDefault(key) ?? [];
    }

    /// <summary>The entries with this account id.</summary>
    public IReadOnlyList<LocatedEntry> ByAccount(string account) =>
        (_byAccount ??= GroupBy(located => (located.Mapping as AccountMapping)?.AccountId)).GetValueOrDefault(account) ?? [];

    private static string? MeantBy(LocatedEntry located) => MatchableArn.MeantKey(KeyOf(located));

    private static string KeyOf(LocatedEntry located) => Arn.LookupKey(ArnOf(located));

    // Empty for what has no ARN: accounts and sso entries.
    private static string ArnOf(LocatedEntry located) => (located.Mapping as PrincipalMapping)?.Arn ?? "";

    private Dictionary<string, ArnGroup> GroupByArn()
    {
        var groups = new Dictionary<string, ArnGroup>(All.Count, StringComparer.Ordinal);
        foreach (var located in All)
        {
            if (ArnOf(located) is not { Length: > 0 } arn)
            {
                continue;
            }

            var key = Arn.LookupKey(arn);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = new());
            }

            group.Add(located);
        }

        return groups;
    }

    private Dictionary<string, List<LocatedEntry>> GroupBy(Func<LocatedEntry, string?> keyOf)
    {
        var groups = new Dictionary<string, List<LocatedEntry>>(StringComparer.Ordinal);
        foreach (var located in All)
        {
            if (keyOf(located) is not { } key)
            {
                continue;
            }

            if (!groups.TryGetValue(key, out var entries))
            {
                groups.Add(key, entries = []);
            }

            entries.Add(located);
        }

        return groups;
    }
}
