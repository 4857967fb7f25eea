using System.Text;
using AuthMap.Yaml;

namespace AuthMap.Documents.Splicing;

/// <summary>Rewrites what stands between the brackets of a list, keeping the text of what stays.</summary>
internal static class FlowItems
{
    /// <summary>Plans the change of a list.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="list">The list.</param>
    /// <param name="keeps">Whether the item of this index stays.</param>
    /// <param name="added">Texts of items to add at the end.</param>
    /// <exception cref="CannotSpliceException">A comment would be lost.</exception>
    public static Splice Rewrite(string text, YamlSequence list, Func<int, bool> keeps, IReadOnlyList<string> added)
    {
        var items = list.Items.Select(item => item.Span).ToList();
        // The parser gives items that are not written (a tag without a value) odd places.
        if (items.Any(item => item.Length == 0) || items.Zip(items.Skip(1)).Any(pair => pair.First.End > pair.Second.Start))
        {
            throw new CannotSpliceException(list.Span.Start, "it holds items without text");
        }

        var open = list.Opening;
        var close = list.Span.End - 1;
        var lead = text[(open + 1)..(items.Count > 0 ? items[0].Start : close)];
        var tail = items.Count > 0 ? text[items[^1].End..close] : "";
        // What separates a new item from its neighbour, copied from the last separator there is.
        var separator = items.Count > 1 ? text[items[^2].End..items[^1].Start] : "," + (lead.Length > 0 ? lead : " ");
        if (separator.Contains('#', StringComparison.Ordinal))
        {
            separator = ", ";
        }

        var gaps = items.Select((item, i) => i == 0 ? lead : text[items[i - 1].End..item.Start]).Append(tail).ToArray();
        var dropped = gaps.ToList();
        var result = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            if (keeps(i))
            {
                var gap = result.Length == 0 ? lead : gaps[i];
                dropped.Remove(gap);
                result.Append(gap).Append(text, items[i].Start, items[i].Length);
            }
        }

        foreach (var item in added)
        {
            result.Append(result.Length > 0 ? separator : lead).Append(item);
        }

        if (result.Length > 0)
        {
            result.Append(tail);
            dropped.Remove(tail);
        }

        return dropped.Any(gap => gap.Contains('#', StringComparison.Ordinal))
            ? throw new CannotSpliceException(list.Span.Start, "it holds comments between brackets that would be lost")
            : new Splice(new TextSpan(open + 1, close), result.ToString());
    }
}
