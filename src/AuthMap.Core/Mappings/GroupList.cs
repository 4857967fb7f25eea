using System.Collections;
using System.Runtime.CompilerServices;

namespace AuthMap.Mappings;

/// <summary>Kubernetes groups in the order they are written, equal to another list with the same items in the same order.</summary>
[CollectionBuilder(typeof(GroupList), nameof(Create))]
public sealed class GroupList : IReadOnlyList<string>, IEquatable<GroupList>
{
    /// <summary>No groups.</summary>
    public static readonly GroupList Empty = new([]);

    private readonly string[] _items;

    private GroupList(string[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public string this[int index] => _items[index];

    /// <summary>Makes a list of these groups.</summary>
    /// <param name="groups">The groups, in order.</param>
    public static GroupList Create(ReadOnlySpan<string> groups) => groups.IsEmpty ? Empty : new(groups.ToArray());

    /// <summary>Makes a list of these groups.</summary>
    /// <param name="groups">The groups, in order.</param>
    public static GroupList From(IEnumerable<string> groups) => Create([.. groups]);

    /// <summary>Whether a group is among them, spelled exactly so.</summary>
    /// <param name="group">The group.</param>
    public bool Contains(string group) => _items.AsSpan().Contains(group);

    /// <summary>Whether both lists grant the same: order and repetitions do not matter.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool GrantsSameAs(GroupList other) => Equals(other) || _items.ToHashSet(StringComparer.Ordinal).SetEquals(other);

    /// <inheritdoc/>
    public bool Equals(GroupList? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GroupList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', _items);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
