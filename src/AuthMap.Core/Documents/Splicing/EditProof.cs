using AuthMap.Authenticator;
using AuthMap.Mappings;
using AuthMap.Yaml;

namespace AuthMap.Documents.Splicing;

/// <summary>Proves that a new text differs from the old one, as it is decoded, by exactly the intended edits.</summary>
internal static class EditProof
{
    /// <summary>Why the proof fails; null when it holds.</summary>
    /// <param name="before">The section as it was.</param>
    /// <param name="edits">The edits.</param>
    /// <param name="after">The section with its new text.</param>
    public static string? FindFlaw(Section before, IReadOnlyList<SectionEdit> edits, Section after)
    {
        if (after.Fatal is { } fatal)
        {
            return $"the result could not be read: {fatal.Message}";
        }

        var removed = edits.OfType<RemoveEntry>().Select(edit => edit.Index).ToHashSet();
        var updates = edits.OfType<UpdateEntry>().ToDictionary(edit => edit.Index);
        var appended = edits.OfType<AppendEntry>().Select(edit => edit.Mapping).ToList();
        var expected = before.Entries
            .Where(entry => !removed.Contains(entry.Index))
            .Select(entry => updates.TryGetValue(entry.Index, out var update) ? Updated(entry.Mapping, update) : entry.Mapping)
            .Concat(appended);
        if (!after.Entries.Select(entry => entry.Mapping).SequenceEqual(expected))
        {
            return "the result would not say what was intended";
        }

        if (after.Faults.Except(before.Faults, FaultKind.Comparer).Any()
            || Count(after) != Count(before))
        {
            return "the result would have new faults";
        }

        // Untouched items must be the same to the last field, those included that the authenticator does not know.
        var oldItems = Items(before);
        var newItems = Items(after);
        var kept = Enumerable.Range(0, oldItems.Count).Where(index => !removed.Contains(index)).ToList();
        if (newItems.Count != kept.Count + appended.Count)
        {
            return "the result would have another number of items";
        }

        for (var i = 0; i < kept.Count; i++)
        {
            if (!Same(oldItems[kept[i]], newItems[i], changed: updates.ContainsKey(kept[i])))
            {
                return "another entry, or another field of the entry, would change";
            }
        }

        return null;
    }

    /// <summary>Whether all items but these are the same to the last field, and none came or went.</summary>
    /// <param name="before">The section as it was.</param>
    /// <param name="after">The section with its new text.</param>
    /// <param name="touched">The indexes of the items that may differ.</param>
    public static bool OthersAreSame(Section before, Section after, IReadOnlySet<int> touched)
    {
        var (oldItems, newItems) = (Items(before), Items(after));
        return oldItems.Count == newItems.Count
            && Enumerable.Range(0, oldItems.Count).All(i => touched.Contains(i) || Same(oldItems[i], newItems[i], changed: false));
    }

    private static Mapping Updated(Mapping mapping, UpdateEntry update) => mapping is PrincipalMapping principal
        ? principal with { Username = update.Username ?? principal.Username, Groups = update.Groups ?? principal.Groups }
        : mapping;

    private static int Count(Section section) => section.Faults.Count(fault => fault.Cost == FaultCost.Entry);

    private static IReadOnlyList<GoValue> Items(Section section) =>
        section.Root is { } root && (section.Value ?? GoYaml.Evaluate(root)) is GoList list ? list.Items : [];

    // What stands in front of all changes is the same object.
    private static bool Same(GoValue a, GoValue b, bool changed) => ReferenceEquals(a, b) || (a, b) switch
    {
        (GoScalar x, GoScalar y) => x.Type == y.Type && x.Text == y.Text,
        (GoList x, GoList y) => SameItems(x.Items, y.Items),
        (GoMap x, GoMap y) => changed ? SameFields(Fields(x), Fields(y)) : SameFields(x.Fields, y.Fields),
        _ => false,
    };

    private static List<KeyValuePair<string, GoValue>> Fields(GoMap map) =>
        [.. map.Fields.Where(field => !(FieldNames.Match(field.Key, "username") || FieldNames.Match(field.Key, "groups")))];

    private static bool SameItems(IReadOnlyList<GoValue> a, IReadOnlyList<GoValue> b)
    {
        var same = a.Count == b.Count;
        for (var i = 0; same && i < a.Count; i++)
        {
            same = Same(a[i], b[i], changed: false);
        }

        return same;
    }

    private static bool SameFields(IReadOnlyList<KeyValuePair<string, GoValue>> a, IReadOnlyList<KeyValuePair<string, GoValue>> b)
    {
        var same = a.Count == b.Count;
        for (var i = 0; same && i < a.Count; i++)
        {
            same = a[i].Key == b[i].Key && Same(a[i].Value, b[i].Value, changed: false);
        }

        return same;
    }

    // Faults move with their lines, so they are compared without their positions.
    private sealed class FaultKind : IEqualityComparer<Fault>
    {
        public static readonly FaultKind Comparer = new();

        public bool Equals(Fault? x, Fault? y) => (x?.Cost, x?.Message) == (y?.Cost, y?.Message);

        public int GetHashCode(Fault fault) => HashCode.Combine(fault.Cost, fault.Message);
    }
}
