using AuthMap.Documents;
using AuthMap.Planning;
using AuthMap.Yaml;

namespace AuthMap.Linting;

/// <summary>A map as rules look at it.</summary>
internal sealed class LintMap
{
    public LintMap(AwsAuthDocument document, LintSettings settings)
    {
        (Document, Settings) = (document, settings);
        Statuses = EntryStatus.Of(document);
        var byPlace = Statuses.ToDictionary(status => (status.Located.Key, status.Located.Entry.Index));
        Items = [.. document.Sections.SelectMany(section => ItemsOf(section, byPlace))];
    }

    public AwsAuthDocument Document { get; }

    public LintSettings Settings { get; }

    /// <summary>What the entries do that the authenticator keeps, in the order of the map.</summary>
    public IReadOnlyList<EntryStatus> Statuses { get; }

    /// <summary>The items of all lists, dropped ones included.</summary>
    public IReadOnlyList<LintItem> Items { get; }

    /// <summary>The items of mapRoles and mapUsers that the authenticator keeps.</summary>
    public IEnumerable<LintItem> Principals => Items.Where(item => item.Principal is not null);

    private static IEnumerable<LintItem> ItemsOf(
        Section section, Dictionary<(SectionKey Key, int Index), EntryStatus> statuses)
    {
        if ((section.Root is YamlAlias alias ? alias.Target : section.Root) is not YamlSequence list)
        {
            yield break;
        }

        // Faults come in the order of the items.
        var faults = new Queue<Fault>(section.Faults);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var next = i + 1 < list.Items.Count ? list.Items[i + 1].Position : new(int.MaxValue, 0);
            var own = new List<Fault>();
            while (faults.TryPeek(out var fault) && IsBefore(fault.Position, next))
            {
                own.Add(faults.Dequeue());
            }

            yield return new(section.Key, i, list.Items[i], statuses.GetValueOrDefault((section.Key, i)), own);
        }
    }

    private static bool IsBefore(TextPosition a, TextPosition b) => a.Line < b.Line || (a.Line == b.Line && a.Column < b.Column);
}
