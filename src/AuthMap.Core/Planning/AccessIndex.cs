using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>An access view, found by principal.</summary>
internal sealed class AccessIndex
{
    private readonly Dictionary<string, List<AccessRow>> _rows;

    public AccessIndex(AccessView view)
    {
        _rows = new(view.Rows.Count, StringComparer.Ordinal);
        foreach (var row in view.Rows)
        {
            var key = Arn.LookupKey(row.Principal);
            if (!_rows.TryGetValue(key, out var rows))
            {
                _rows.Add(key, rows = new(1));
            }

            rows.Add(row);
        }
    }

    /// <summary>The lookup keys of all principals and accounts, in the order of the view.</summary>
    public IEnumerable<string> Keys => _rows.Keys;

    /// <summary>The rows of a principal or an account, by lookup key.</summary>
    public IReadOnlyList<AccessRow> this[string key] => _rows.GetValueOrDefault(key) ?? [];

    /// <summary>The row of the account that a principal belongs to; null when that account is not mapped.</summary>
    public AccessRow? AccountOf(string principal) =>
        Arn.TryParse(Arn.LookupKey(principal), out var arn, out _) && this[arn.Account] is [{ Kind: MappingKind.Account } row, ..]
            ? row
            : null;

    /// <summary>What a principal gets through its account: its ARN as username, and no groups.</summary>
    public Access? ThroughAccount(AccessRow row) =>
        row.Kind != MappingKind.Account && AccountOf(row.Principal) is not null ? new(row.Principal, []) : null;
}
