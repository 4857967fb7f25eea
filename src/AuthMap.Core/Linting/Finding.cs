using AuthMap.Documents;
using AuthMap.Documents.Splicing;

namespace AuthMap.Linting;

/// <summary>A mistake in a map.</summary>
/// <param name="Rule">The kind of mistake.</param>
/// <param name="Key">The key of <c>data</c> that it stands in.</param>
/// <param name="Position">Where in that key's text.</param>
/// <param name="Message">What is wrong, in one line, without a final full stop.</param>
public sealed record Finding(Rule Rule, string Key, TextPosition Position, string Message)
{
    /// <summary>What to do about it: the rule's remedy, or a closer one.</summary>
    public string Remedy { get; init; } = Rule.Remedy;

    /// <summary>How to mend it in the text; null when only a person can.</summary>
    internal Mend? Mend { get; init; }
}

/// <summary>How an item of a list is mended.</summary>
/// <param name="Item">The item's place in the list.</param>
/// <param name="What">What that does, for people.</param>
/// <param name="Splices">The changes in the text; null when the item is to be removed.</param>
internal sealed record Mend(int Item, string What, IReadOnlyList<Splice>? Splices)
{
    /// <summary>The ARN that begins to match by it; null when none does.</summary>
    public string? Arn { get; init; }
}
