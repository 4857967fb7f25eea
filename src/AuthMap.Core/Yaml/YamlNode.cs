using AuthMap.Documents;
using YamlDotNet.Core;

namespace AuthMap.Yaml;

/// <summary>A node of YAML text that knows where it stands.</summary>
internal abstract class YamlNode
{
    /// <summary>The node's place, anchor and tag included; <see cref="TextSpan.End"/> is the end of its content.</summary>
    public TextSpan Span { get; protected set; }

    /// <summary>Where it starts.</summary>
    public required TextPosition Position { get; set; }

    /// <summary>Whether an anchor or a tag precedes the content.</summary>
    public bool HasProperties { get; init; }

    /// <summary>The full tag; null when there is none.</summary>
    public string? Tag { get; init; }
}

/// <summary>A scalar.</summary>
internal sealed class YamlScalar : YamlNode
{
    public YamlScalar(TextSpan span) => Span = span;

    /// <summary>The text it stands for.</summary>
    public required string Value { get; init; }

    /// <summary>How it is written.</summary>
    public required ScalarStyle Style { get; init; }

    /// <summary>Whether its type follows from its text, as for plain scalars without a tag.</summary>
    public required bool IsImplicit { get; init; }
}

/// <summary>A list or a mapping.</summary>
internal abstract class YamlCollection : YamlNode
{
    /// <summary>Whether it is written in brackets or braces.</summary>
    public required bool IsFlow { get; init; }

    /// <summary>Where the content starts, behind anchor and tag: the bracket or brace of a flow collection, if it has one.</summary>
    public required int Opening { get; init; }

    /// <summary>Sets the place when the end of the content is known.</summary>
    /// <param name="span">The whole place.</param>
    public void Close(TextSpan span) => Span = span;

    protected void Open(int start) => Span = new(start, start);
}

/// <summary>A list.</summary>
internal sealed class YamlSequence : YamlCollection
{
    public YamlSequence(int start) => Open(start);

    /// <summary>Whether it was read line by line (<see cref="PlainListReader"/>); only of a root.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The items.</summary>
    public List<YamlNode> Items { get; } = [];
}

/// <summary>A mapping.</summary>
internal sealed class YamlMapping : YamlCollection
{
    public YamlMapping(int start) => Open(start);

    /// <summary>Keys and values in the order of the text, repetitions included.</summary>
    public List<KeyValuePair<YamlNode, YamlNode>> Pairs { get; } = [];
}

/// <summary>A reference to an anchored node.</summary>
internal sealed class YamlAlias : YamlNode
{
    public YamlAlias(TextSpan span) => Span = span;

    /// <summary>The node it stands for; it may be an ancestor.</summary>
    public required YamlNode Target { get; init; }
}
