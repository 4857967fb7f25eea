using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>A node of a YAML (or JSON) document that knows its place, so that errors can name it.</summary>
internal abstract record YamlTree(Mark Start)
{
    private const int MaximumDepth = 64;

    /// <summary>Reads the first document; null when there is none.</summary>
    /// <exception cref="YamlException">The text is not YAML, or nested too deeply.</exception>
    public static YamlTree? Read(string text)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _)
                ? Read(parser, new Dictionary<AnchorName, YamlTree>(), MaximumDepth)
                : null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner throws these, too, when text is broken in ways it did not foresee.
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, "this cannot be read as YAML", e);
        }
    }

    private static YamlTree Read(Parser parser, Dictionary<AnchorName, YamlTree> anchors, int depth)
    {
        var parsed = parser.Consume<ParsingEvent>();
        if (depth == 0)
        {
            throw new YamlException(parsed.Start, parsed.End, "nested too deeply");
        }

        switch (parsed)
        {
            case AnchorAlias alias:
                return anchors.TryGetValue(alias.Value, out var target)
                    ? target
                    : throw new YamlException(alias.Start, alias.End, $"there is no anchor \"{alias.Value}\"");

            case Scalar scalar:
                return Remember(scalar, new YamlText(scalar.Start, scalar.Value, scalar.Style == ScalarStyle.Plain));

            case SequenceStart start:
                var items = new List<YamlTree>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(Read(parser, anchors, depth - 1));
                }

                return Remember(start, new YamlList(start.Start, items));

            case MappingStart start:
                var map = new YamlMap(start.Start);
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    map.Add(Read(parser, anchors, depth - 1), Read(parser, anchors, depth - 1));
                }

                return Remember(start, map);

            default:
                throw new YamlException(parsed.Start, parsed.End, "a value was expected");
        }

        YamlTree Remember(NodeEvent node, YamlTree tree)
        {
            if (!node.Anchor.IsEmpty)
            {
                anchors[node.Anchor] = tree;
            }

            return tree;
        }
    }
}

/// <summary>A scalar. Plain ones may be null, a boolean or a number to those who ask.</summary>
internal sealed record YamlText(Mark Start, string Value, bool Plain) : YamlTree(Start)
{
    public bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The boolean that go-yaml, and so kubectl, sees in it; null when it is none.</summary>
    public bool? Boolean => !Plain ? null : Value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "Y" => true,
        "FALSE" or "NO" or "OFF" or "N" => false,
        _ => null,
    };
}

/// <summary>A list.</summary>
internal sealed record YamlList(Mark Start, IReadOnlyList<YamlTree> Items) : YamlTree(Start);

/// <summary>A mapping with text keys; as in kubectl the last of several equal keys counts, and other keys are ignored.</summary>
internal sealed record YamlMap(Mark Start) : YamlTree(Start)
{
    private readonly Dictionary<string, YamlTree> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlTree> _merged = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, YamlTree>> Pairs =>
        _own.Concat(_merged.Where(pair => !_own.ContainsKey(pair.Key)));

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public YamlTree? this[string key] =>
        (_own.TryGetValue(key, out var value) || _merged.TryGetValue(key, out value)) && value is not YamlText { IsNull: true }
            ? value
            : null;

    public void Add(YamlTree key, YamlTree value)
    {
        if (key is YamlText { Plain: true, Value: "<<" })
        {
            foreach (var pair in (value is YamlList list ? list.Items : [value]).OfType<YamlMap>().SelectMany(map => map.Pairs))
            {
                _merged.TryAdd(pair.Key, pair.Value);
            }
        }
        else if (key is YamlText name)
        {
            _own[name.Value] = value;
        }
    }
}
