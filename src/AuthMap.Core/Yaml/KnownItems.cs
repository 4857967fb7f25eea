using System.Runtime.InteropServices;

namespace AuthMap.Yaml;

/// <summary>The items at the start of a list that are the same in a changed text: each stands in the part before the change, together
/// with the start of the item behind it, and with that everything that made it what it is.</summary>
/// <param name="List">The list before the change, read line by line, so that no item refers to another one.</param>
/// <param name="Count">How many of its items.</param>
internal sealed record KnownItems(YamlSequence List, int Count)
{
    /// <summary>The items themselves.</summary>
    public ReadOnlySpan<YamlNode> Items => CollectionsMarshal.AsSpan(List.Items)[..Count];

    /// <summary>The item behind them, where reading goes on.</summary>
    public YamlNode Next => List.Items[Count];

    /// <summary>Where the line of that item starts.</summary>
    public int LineStart => Next.Span.Start - Next.Position.Column + 1;

    /// <summary>Finds them.</summary>
    /// <param name="root">What was read of the text before the change.</param>
    /// <param name="before">That text.</param>
    /// <param name="after">The text after it.</param>
    /// <returns>Null when there are none.</returns>
    public static KnownItems? Of(YamlNode? root, string before, string after)
    {
        if (root is not YamlSequence { IsPlain: true } list)
        {
            return null;
        }

        var same = before.AsSpan().CommonPrefixLength(after);
        var count = list.Items.FindLastIndex(item => item.Span.Start < same);
        return count > 0 ? new(list, count) : null;
    }
}
