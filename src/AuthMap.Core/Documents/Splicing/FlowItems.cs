using System.Text;

namespace AuthMap.Documents.Splicing;

/// <summary>Rewrites what stands between the brackets or braces of a flow collection, keeping the text of what stays.</summary>
internal static class FlowItems
{
    /// <summary>Plans the change of a collection.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="collection">The collection's span, brackets included.</param>
    /// <param name="items">The spans of its items, in order.</param>
    /// <param name="keeps">Whether the item of this index stays.</param>
    /// <param name="added">Texts of items to add at the end.</param>
    /// <exception cref="CannotSpliceException">A comment would be lost.</exception>
    public static Splice Rewrite(
        string text, TextSpan collection, IReadOnlyList<TextSpan> items, Func<int, bool> keeps, IReadOnlyList<string> added)
    {
        var open = text.IndexOfAny(['[', '{'], collection.Start);
        var close = collection.End - 1;
        var lead = text[(open + 1)..(items.Count > 0 ? items[0].Start : close)];
        var tail = items.Count > 0 ? text[items[^1].End..close] : "";
        // What separates a new item from its neighbour, copied from the last separator there is.
        var separator = items.Count > 1 ? text[items[^2].End..items[^1].Start] : "," + (lead.Length > 0 ? lead : " ");
        if (separator.Contains('#', StringComparison.Ordinal))
        {
            separator = ", ";
        }

        var kept = Enumerable.Range(0, items.Count).Where(keeps).ToList();
        var result = new StringBuilder();
        for (var i = 0; i < kept.Count; i++)
        {
            result.Append(i == 0 ? lead : text[items[kept[i] - 1].End..items[kept[i]].Start]);
            result.Append(text, items[kept[i]].Start, items[kept[i]].Length);
        }

        foreach (var item in added)
        {
            result.Append(result.Length > 0 ? separator : lead).Append(item);
        }

        if (result.Length > 0)
        {
            result.Append(tail);
        }

        var body = new TextSpan(open + 1, close);
        var inner = result.ToString();
        return text.AsSpan(body.Start, body.Length).Count('#') == inner.AsSpan().Count('#') || kept.Count == items.Count
            ? new Splice(body, inner)
            : throw new CannotSpliceException(collection.Start, "it holds comments between brackets that would be lost");
    }
}
