using AuthMap.Yaml;

namespace AuthMap.Documents;

/// <summary>What a fault costs, by the rules of aws-iam-authenticator.</summary>
public enum FaultCost
{
    /// <summary>The entry is kept, with this field empty.</summary>
    Field,

    /// <summary>The entry is dropped.</summary>
    Entry,

    /// <summary>The whole key counts as empty: everybody mapped through it is locked out.</summary>
    Key,
}

/// <summary>Something in the map that the authenticator cannot use.</summary>
/// <param name="Key">The key it stands in.</param>
/// <param name="Position">Where in that key's text.</param>
/// <param name="Cost">What is lost by it.</param>
/// <param name="Message">What is wrong, in one line, without position or a final full stop.</param>
public sealed record Fault(SectionKey Key, TextPosition Position, FaultCost Cost, string Message)
{
    /// <summary>The field at fault, in lower case: <c>username</c>, <c>groups[0]</c>; null when it is not one field's.</summary>
    public string? Field { get; init; }

    /// <summary>What stands there; null when the text cannot be composed.</summary>
    internal YamlNode? Node { get; init; }
}
