using YamlDotNet.Core;

namespace AuthMap.Manifests;

/// <summary>A node of a YAML document that knows where it stands.</summary>
internal abstract class YamlNode
{
    /// <summary>The offset of its first character, anchor and tag included.</summary>
    public required int Start { get; init; }

    /// <summary>
    /// The offset after its last character. The end of a block collection is that of its last item: the parser's own end mark sits
    /// at the next token, after comments and blank lines.
    /// </summary>
    public int End { get; set; }

    public string? Anchor { get; init; }

    public string? Tag { get; init; }

    /// <summary>Whether an alias stands for this node somewhere else, so that a change here is a change there.</summary>
    public bool Aliased { get; set; }

    /// <summary>The node itself, or what an alias stands for.</summary>
    public virtual YamlNode Resolved => this;

    /// <summary>Whether nothing is written there, or null.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>
    /// Whether both say the same in the same style, wherever they stand; the <c>data</c> of the two objects named is left out.
    /// </summary>
    public abstract bool SameAs(YamlNode other, YamlMapping? except, YamlMapping? otherExcept);

    private protected bool SameProperties(YamlNode other) => Anchor == other.Anchor && Tag == other.Tag;
}

internal sealed class YamlScalar : YamlNode
{
    public required string Value { get; init; }

    public required ScalarStyle Style { get; init; }

    public bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;

    public override bool IsEmpty => Style == ScalarStyle.Plain && Tag is null && PlainScalar.IsNull(Value);

    public override bool SameAs(YamlNode other, YamlMapping? except, YamlMapping? otherExcept) =>
        other is YamlScalar scalar && SameProperties(other) && Style == scalar.Style && Value == scalar.Value;
}

internal sealed class YamlAlias : YamlNode
{
    public required YamlNode Target { get; init; }

    public override YamlNode Resolved => Target;

    public override bool SameAs(YamlNode other, YamlMapping? except, YamlMapping? otherExcept) =>
        other is YamlAlias alias && Target.Anchor == alias.Target.Anchor;
}

internal sealed class YamlSequence : YamlNode
{
    public List<YamlNode> Items { get; } = [];

    public override bool SameAs(YamlNode other, YamlMapping? except, YamlMapping? otherExcept) =>
        other is YamlSequence sequence
        && SameProperties(other)
        && Items.Count == sequence.Items.Count
        && Items.Zip(sequence.Items).All(pair => pair.First.SameAs(pair.Second, except, otherExcept));
}

internal sealed class YamlMapping : YamlNode
{
    public required bool Flow { get; init; }

    public List<KeyValuePair<YamlNode, YamlNode>> Pairs { get; } = [];

    /// <summary>The pairs whose key is this string.</summary>
    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Named(string name) =>
        Pairs.Where(pair => pair.Key.Resolved is YamlScalar key && key.Value == name);

    /// <summary>The value of a key, aliases resolved; null when the key is absent. Of several, the last counts.</summary>
    public YamlNode? this[string name] => Named(name).LastOrDefault().Value?.Resolved;

    /// <summary>The string under a key; null when there is none.</summary>
    public string? Text(string name) => (this[name] as YamlScalar)?.Value;

    public override bool SameAs(YamlNode other, YamlMapping? except, YamlMapping? otherExcept)
    {
        if (other is not YamlMapping mapping || !SameProperties(other))
        {
            return false;
        }

        var mine = ReferenceEquals(this, except) ? WithoutData(this) : Pairs;
        var others = ReferenceEquals(mapping, otherExcept) ? WithoutData(mapping) : mapping.Pairs;
        return mine.Count == others.Count
            && mine.Zip(others).All(pair => pair.First.Key.SameAs(pair.Second.Key, except, otherExcept)
                && pair.First.Value.SameAs(pair.Second.Value, except, otherExcept));
    }

    private static List<KeyValuePair<YamlNode, YamlNode>> WithoutData(YamlMapping mapping) =>
        [.. mapping.Pairs.Except(mapping.Named("data"))];
}
