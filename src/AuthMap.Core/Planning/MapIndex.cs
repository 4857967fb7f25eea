using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>The entries of a map, found by what the authenticator finds them by; built once a plan, in one pass.</summary>
internal sealed class MapIndex
{
    private readonly Dictionary<string, ArnGroup> _byArn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LocatedEntry>> _byMeantArn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LocatedEntry>> _byAccount = new(StringComparer.Ordinal);

    public MapIndex(AwsAuthDocument document)
    {
        Document = document;
        All = [.. document.Sections.SelectMany(section => section.Entries.Select(entry => new LocatedEntry(section.Key, entry, document.LineOf(section.Key, entry.Position))))];
        foreach (var located in All)
        {
            if (located.Mapping is AccountMapping account)
            {
                Add(_byAccount, account.AccountId, located);
            }
            else if (located.Mapping.Identity is { Length: > 0 } arn)
            {
                var key = Arn.LookupKey(arn);
                if (!_byArn.TryGetValue(key, out var group))
                {
                    _byArn.Add(key, group = new());
                }

                group.Add(located);
                if (MatchableArn.MeantKey(arn) is { } meant)
                {
                    Add(_byMeantArn, meant, located);
                }
            }
        }
    }

    public AwsAuthDocument Document { get; }

    /// <summary>Every entry, in the order of the map: roles, users, accounts.</summary>
    public IReadOnlyList<LocatedEntry> All { get; }

    /// <summary>The entries with this ARN, in either list; null when there are none.</summary>
    public ArnGroup? ByArn(string arn) => _byArn.GetValueOrDefault(Arn.LookupKey(arn));

    /// <summary>The entries that never match but were probably meant for this role: its ARN with a path, or that of a session.</summary>
    public IReadOnlyList<LocatedEntry> MeantFor(string arn) => _byMeantArn.GetValueOrDefault(Arn.LookupKey(arn)) ?? [];

    /// <summary>The entries with this account id.</summary>
    public IReadOnlyList<LocatedEntry> ByAccount(string account) => _byAccount.GetValueOrDefault(account) ?? [];

    private static void Add(Dictionary<string, List<LocatedEntry>> index, string key, LocatedEntry located)
    {
        if (!index.TryGetValue(key, out var entries))
        {
            index.Add(key, entries = []);
        }

        entries.Add(located);
    }
}
