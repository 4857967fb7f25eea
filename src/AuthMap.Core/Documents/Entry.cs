using AuthMap.Mappings;

namespace AuthMap.Documents;

/// <summary>A list item that the authenticator keeps.</summary>
/// <param name="Mapping">The values that it takes from the item.</param>
/// <param name="Index">The item's place in the list, from 0, dropped items counted.</param>
/// <param name="Span">The item's text, from its first to its last character, dash and trailing comment not included.</param>
/// <param name="Position">Where the item starts in the key's text.</param>
public sealed record Entry(Mapping Mapping, int Index, TextSpan Span, TextPosition Position);
