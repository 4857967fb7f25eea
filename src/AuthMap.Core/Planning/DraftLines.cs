using AuthMap.Documents;

namespace AuthMap.Planning;

/// <summary>Finds the lines on which changed entries will stand: removals move those after them up, new ones come last.</summary>
internal sealed class DraftLines(IReadOnlyList<DraftChange> changes, AwsAuthDocument after)
{
    public IReadOnlyList<Change> Place()
    {
        var removed = SectionKeys.All.Select(RemovedIndexes).ToArray();
        var entries = SectionKeys.All
            .Select(key => new Lazy<Dictionary<int, Entry>>(() => after[key].Entries.ToDictionary(entry => entry.Index))).ToArray();
        var firstNew = SectionKeys.All.Select(key => after[key].Entries.Count - Of(ChangeAction.Added, key).Count()).ToArray();
        return [.. changes.Select(change => new Change(
            change.Action,
            (change.After ?? change.Located!.Mapping).Kind,
            (change.After ?? change.Located!.Mapping).Identity,
            change.Located?.Mapping,
            change.After,
            Line(change)))];

        int? Line(DraftChange change)
        {
            var key = (int)change.Key;
            return change.Action switch
            {
                ChangeAction.Removed => change.Located!.Entry.Position.Line,
                ChangeAction.Added => after[change.Key].Entries.ElementAtOrDefault(firstNew[key]++)?.Position.Line,
                _ => entries[key].Value.GetValueOrDefault(NewIndex(change.Located!.Entry.Index, removed[key]))?.Position.Line,
            };
        }
    }

    private int[] RemovedIndexes(SectionKey key) =>
        [.. Of(ChangeAction.Removed, key).Select(change => change.Located!.Entry.Index).Order()];

    private IEnumerable<DraftChange> Of(ChangeAction action, SectionKey key) =>
        changes.Where(change => change.Action == action && change.Key == key);

    private static int NewIndex(int index, int[] removed)
    {
        var place = Array.BinarySearch(removed, index);
        return index - (place < 0 ? ~place : place);
    }
}
