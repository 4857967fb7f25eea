using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>A plan while it is worked out: what each key's list shall undergo, and what is to be said about it.</summary>
internal sealed class PlanDraft(MapIndex index)
{
    private readonly List<SectionEdit>[] _edits = [.. SectionKeys.All.Select(_ => new List<SectionEdit>())];
    private readonly List<DraftChange> _changes = [];
    private readonly HashSet<(SectionKey, int)> _kept = [];
    private readonly HashSet<(SectionKey, int)> _removed = [];

    public MapIndex Index => index;

    public List<Notice> Notices { get; } = [];

    /// <summary>The entries that go.</summary>
    public IEnumerable<LocatedEntry> Removed =>
        _changes.Where(change => change.Action == ChangeAction.Removed).Select(change => change.Located!);

    public void Append(SectionKey key, Mapping mapping)
    {
        _edits[(int)key].Add(new AppendEntry(mapping));
        _changes.Add(new(ChangeAction.Added, key, null, mapping));
    }

    /// <summary>Gives an entry another username, other groups, both or, when both are null, neither.</summary>
    public void Update(LocatedEntry located, string? username, GroupList? groups)
    {
        if (!_kept.Add(Identify(located)) || _removed.Contains(Identify(located)))
        {
            throw TwoWishes(located);
        }

        if (username is null && groups is null)
        {
            _changes.Add(new(ChangeAction.Unchanged, located.Key, located, located.Mapping));
            return;
        }

        _edits[(int)located.Key].Add(new UpdateEntry(located.Entry.Index, username, groups));
        var mapping = (PrincipalMapping)located.Mapping;
        _changes.Add(new(
            ChangeAction.Updated,
            located.Key,
            located,
            mapping with { Username = username ?? mapping.Username, Groups = groups ?? mapping.Groups }));
    }

    /// <summary>Whether a wish is about this entry, other than that it goes.</summary>
    public bool IsKept(LocatedEntry located) => _kept.Contains(Identify(located));

    /// <summary>Takes an entry away; a second wish to do so is no other wish.</summary>
    public void Remove(LocatedEntry located)
    {
        if (_kept.Contains(Identify(located)))
        {
            throw TwoWishes(located);
        }

        if (_removed.Add(Identify(located)))
        {
            _edits[(int)located.Key].Add(new RemoveEntry(located.Entry.Index));
            _changes.Add(new(ChangeAction.Removed, located.Key, located, null));
        }
    }

    /// <summary>The plan, but for its notices, which are those of the draft so far.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: a text cannot be edited.</exception>
    public Plan Finish()
    {
        var (before, after) = (index.Document, index.Document);
        Dictionary<string, string> data = new(StringComparer.Ordinal);
        foreach (var section in before.Sections)
        {
            var edits = _edits[(int)section.Key];
            var result = edits.Count == 0 ? section : SectionEditor.Apply(section, edits);
            if (result.Text is { } text && text != section.Text)
            {
                after = after.With(result);
                data.Add(section.Key.Name(), text);
            }
        }

        var accessBefore = AccessView.Of(index);
        return new(
            before,
            after,
            new DraftLines(_changes, after).Place(),
            Notices,
            accessBefore,
            data.Count == 0 ? accessBefore : AccessView.Of(after),
            data.Count == 0 ? [] : [new WriteAwsAuth(data, [])]);
    }

    private static (SectionKey, int) Identify(LocatedEntry located) => (located.Key, located.Entry.Index);

    private static AuthMapException TwoWishes(LocatedEntry located) =>
        new(FailureKind.Usage, $"{located.Mapping.Identity} is to be changed in two ways at once", "one of them has to go");
}

/// <summary>A change whose line in the new text is not known yet.</summary>
/// <param name="Action">What happens.</param>
/// <param name="Key">The key.</param>
/// <param name="Located">The entry as it is; null when it is new.</param>
/// <param name="After">The mapping as it will be; null when it goes.</param>
internal sealed record DraftChange(ChangeAction Action, SectionKey Key, LocatedEntry? Located, Mapping? After);
