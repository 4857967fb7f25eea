using AuthMap.Documents;

namespace AuthMap.Planning;

/// <summary>
/// The entries that share an ARN, and which of them the authenticator takes (its <c>configmap.MapStore</c>): roles are kept by
/// lower-cased ARN, so the last one wins; users are kept by their ARN as written, so spellings in different case all stand and one
/// is picked at random; roles are asked before users.
/// </summary>
internal sealed class ArnGroup
{
    private readonly List<LocatedEntry> _entries = new(1);
    private List<LocatedEntry>? _standing;

    /// <summary>All of them, in the order of the map.</summary>
    public IReadOnlyList<LocatedEntry> Entries => _entries;

    /// <summary>Those the authenticator may take: one, or several spellings of a user.</summary>
    public IReadOnlyList<LocatedEntry> Standing => _standing ??= FindStanding();

    public void Add(LocatedEntry entry) => _entries.Add(entry);

    /// <summary>The entry in effect for an ARN written like this; among several spellings its own, else the last.</summary>
    public LocatedEntry InEffectFor(string arn) => Standing.FirstOrDefault(entry => entry.Mapping.Identity == arn) ?? Standing[^1];

    private List<LocatedEntry> FindStanding()
    {
        if (_entries.Count == 1)
        {
            return _entries;
        }

        if (_entries.FindLast(entry => entry.Key == SectionKey.MapRoles) is { } role)
        {
            return [role];
        }

        var last = new Dictionary<string, LocatedEntry>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            last[entry.Mapping.Identity] = entry;
        }

        return [.. last.Values.OrderBy(entry => entry.Entry.Index)];
    }
}
