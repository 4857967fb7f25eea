using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents.Splicing;

/// <summary>
/// How the entries of a list are written, learnt from the nearest ones: new entries look like their neighbours, and like eksctl's
/// where there is nothing to learn from.
/// </summary>
internal sealed record EntryStyle
{
    /// <summary>Characters before the dash.</summary>
    public int DashColumn { get; init; }

    /// <summary>Characters between the start of the dash and the first key.</summary>
    public int KeyOffset { get; init; } = 2;

    /// <summary>Characters between the start of a key and the dash of a group below it.</summary>
    public int GroupOffset { get; init; }

    /// <summary>Characters between the start of a group's dash and the group.</summary>
    public int GroupItemOffset { get; init; } = 2;

    /// <summary>Field names, lower-case, in the order to write them.</summary>
    public IReadOnlyList<string> Order { get; init; } = ["groups", "rolearn", "userarn", "username"];

    /// <summary>Quoting of the ARN, or of an account.</summary>
    public ScalarStyle Identity { get; init; } = ScalarStyle.Plain;

    /// <summary>Quoting of the username.</summary>
    public ScalarStyle Username { get; init; } = ScalarStyle.Plain;

    /// <summary>Quoting of groups.</summary>
    public ScalarStyle Group { get; init; } = ScalarStyle.Plain;

    /// <summary>Learns from a block list, nearest to its end first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="items">The list's items.</param>
    /// <param name="fields">The fields of the entry to be written, lower-case; the ARN's first.</param>
    public static EntryStyle Learn(string text, BlockItems items, IReadOnlyList<string> fields)
    {
        var style = new EntryStyle
        {
            DashColumn = items.Column,
            Identity = StyleOf(items.List.Items.FindLast(item => StyleOf(item) != ScalarStyle.Plain)),
        };
        YamlMapping? nearest = null, complete = null, withUsername = null, withGroups = null, withBlockGroups = null;
        for (var i = items.List.Items.Count - 1; i >= 0; i--)
        {
            if (items.List.Items[i] is not YamlMapping { IsFlow: false, HasProperties: false } entry
                || EntryFields.Find(entry, fields[0]) < 0)
            {
                continue;
            }

            nearest ??= entry;
            withUsername ??= EntryFields.Find(entry, "username") >= 0 ? entry : null;
            var groups = EntryFields.Value(entry, "groups") as YamlSequence;
            withGroups ??= groups is { Items.Count: > 0 } ? entry : null;
            withBlockGroups ??= groups is { Items.Count: > 0, IsFlow: false } ? entry : null;
            complete ??= fields.All(field => EntryFields.Find(entry, field) >= 0) ? entry : null;
            if (complete is not null && withUsername is not null && withBlockGroups is not null)
            {
                break;
            }
        }

        if (nearest is not null)
        {
            style = style with
            {
                KeyOffset = ColumnOf(text, nearest.Pairs[0].Key) - items.Column,
                Identity = StyleOf(EntryFields.Value(complete ?? nearest, fields[0])),
            };
        }

        if (complete is not null)
        {
            style = style with
            {
                Order = [.. complete.Pairs.Select(pair => ((pair.Key as YamlScalar)?.Value ?? "").ToLowerInvariant())],
            };
        }

        if (withUsername is not null)
        {
            style = style with { Username = StyleOf(EntryFields.Value(complete ?? withUsername, "username") ?? EntryFields.Value(withUsername, "username")) };
        }

        if (withGroups is not null)
        {
            style = style with { Group = StyleOf(((YamlSequence)EntryFields.Value(withGroups, "groups")!).Items[^1]) };
        }

        return withBlockGroups is null ? style : style.WithGroupLayoutOf(text, withBlockGroups);
    }

    /// <summary>Learns how the groups of one entry are laid out.</summary>
    public EntryStyle WithGroupLayoutOf(string text, YamlMapping entry)
    {
        var index = EntryFields.Find(entry, "groups");
        if (index < 0 || entry.Pairs[index].Value is not YamlSequence { IsFlow: false, Items.Count: > 0 } list)
        {
            return this;
        }

        var groups = new BlockItems(text, list);
        return this with
        {
            GroupOffset = groups.Column - ColumnOf(text, entry.Pairs[index].Key),
            GroupItemOffset = Math.Max(2, list.Items[^1].Span.Start - groups.Dashes[^1]),
        };
    }

    /// <summary>Quoting to copy: that of the value, unless it is none to copy.</summary>
    public static ScalarStyle StyleOf(YamlNode? node) =>
        node is YamlScalar { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted, HasProperties: false } scalar
            ? scalar.Style
            : ScalarStyle.Plain;

    /// <summary>How many characters stand before a node on its line.</summary>
    public static int ColumnOf(string text, YamlNode node) => node.Span.Start - Lines.Start(text, node.Span.Start);
}
