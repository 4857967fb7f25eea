using AuthMap.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuthMap.Manifests;

/// <summary>Reads YAML (and JSON, which is YAML) into nodes that know their places.</summary>
internal sealed class YamlReader
{
    // An API server's own limit on an object is 1.5 MB; people nest a dozen levels deep. The bounds keep hostile input cheap.
    private const int MaxDepth = 100;
    private const int MaxNodes = 500_000;

    private const string LookAround = "look at the indentation, the quotes and the brackets there and above";
    private const string NoSuchAnchor = "write &name before the text that it stands for, above in the same document; or quote what starts with *";

    private readonly SourceText _source;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlReader(SourceText source)
    {
        _source = source;

        // With comments on, the parser rejects valid text (a comment after a flow collection).
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>The root node of each document.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: not YAML, or beyond the bounds.</exception>
    public static List<YamlNode> Read(SourceText source)
    {
        RefuseControlCharacters(source);
        var reader = new YamlReader(source);
        try
        {
            return reader.ReadDocuments();
        }
        catch (YamlException exception)
        {
            throw reader.Unreadable(exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw source.Refuse(new TextPosition(1, 1), "not readable as YAML", LookAround, exception);
        }
    }

    private List<YamlNode> ReadDocuments()
    {
        var documents = new List<YamlNode>();
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart)
            {
                _anchors.Clear();
                _parser.MoveNext();
                documents.Add(ReadNode(0));
            }
        }

        return documents;
    }

    private YamlNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        var start = (int)current.Start.Index;
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            throw _source.Refuse(
                start,
                depth > MaxDepth ? $"nested more than {MaxDepth} levels deep" : $"more than {MaxNodes} values",
                "no manifest is like that; is this the right file?");
        }

        return current switch
        {
            AnchorAlias alias => ReadAlias(alias, start),
            SequenceStart sequence => ReadSequence(sequence, start, depth),
            MappingStart mapping => ReadMapping(mapping, start, depth),
            Scalar scalar => Anchored(new YamlScalar
            {
                Start = Math.Min(start, _source.Text.Length),
                End = Math.Min((int)scalar.End.Index, _source.Text.Length),
                Anchor = NameOf(scalar.Anchor),
                Tag = TagOf(scalar.Tag),
                Value = scalar.Value,
                Style = scalar.Style,
            }),
            _ => throw _source.Refuse(start, "not readable as YAML", LookAround),
        };
    }

    private YamlAlias ReadAlias(AnchorAlias alias, int start)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw _source.Refuse(start, $"unknown anchor {alias.Value.Value}", NoSuchAnchor);
        }

        target.Aliased = true;
        return new YamlAlias { Start = start, End = (int)alias.End.Index, Target = target };
    }

    private YamlSequence ReadSequence(SequenceStart start, int offset, int depth)
    {
        var flow = start.Style == SequenceStyle.Flow;
        var node = Anchored(new YamlSequence
        {
            Start = offset,
            End = offset,
            Anchor = NameOf(start.Anchor),
            Tag = TagOf(start.Tag),
        });
        while (Next() is not SequenceEnd)
        {
            node.Items.Add(ReadNode(depth + 1));
            node.End = node.Items[^1].End;
        }

        node.End = flow ? (int)_parser.Current!.Start.Index + 1 : node.End;
        return node;
    }

    private YamlMapping ReadMapping(MappingStart start, int offset, int depth)
    {
        var flow = start.Style == MappingStyle.Flow;
        var node = Anchored(new YamlMapping
        {
            Start = offset,
            End = offset,
            Anchor = NameOf(start.Anchor),
            Tag = TagOf(start.Tag),
            Flow = flow,
        });
        while (Next() is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            Next();
            var value = ReadNode(depth + 1);
            node.Pairs.Add(new(key, value));
            node.End = Math.Max(key.End, value.End);
        }

        node.End = flow ? (int)_parser.Current!.Start.Index + 1 : node.End;
        return node;
    }

    private ParsingEvent? Next()
    {
        _parser.MoveNext();
        return _parser.Current;
    }

    private T Anchored<T>(T node)
        where T : YamlNode
    {
        if (node.Anchor is not null)
        {
            _anchors[node.Anchor] = node;
        }

        return node;
    }

    private static string? NameOf(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;

    private static string? TagOf(TagName tag) => tag.IsEmpty ? null : tag.IsNonSpecific ? "!" : tag.Value;

    private static void RefuseControlCharacters(SourceText source)
    {
        for (var i = 0; i < source.Text.Length; i++)
        {
            var c = source.Text[i];
            if ((c < ' ' && c is not ('\t' or '\n' or '\r')) || c is '\x7f' || (c > '\x7f' && c < '\xa0' && c != '\x85'))
            {
                throw source.Refuse(
                    i,
                    $"control character U+{(int)c:X4}: YAML does not allow it",
                    "is this a text file? A manifest is YAML or JSON in UTF-8");
            }
        }
    }

    private AuthMapException Unreadable(YamlException exception)
    {
        // The parser tells the place where it found the enclosing mapping.
        if (exception.Message.Contains("tab", StringComparison.Ordinal) && FindTab() is { } tab)
        {
            return _source.Refuse(
                _source.PositionOf(tab), "not readable as YAML: a tab in the indentation", "indent with spaces", exception);
        }

        var position = new TextPosition((int)exception.Start.Line, (int)exception.Start.Column);
        return _source.Refuse(position, $"not readable as YAML: {Reason(exception)}", HintFor(_source, position), exception);
    }

    /// <summary>The first tab that indents something, from the line on where the last thing that could be read ends.</summary>
    private int? FindTab()
    {
        var text = _source.Text;
        var from = Math.Min((int)(_parser.Current?.End.Index ?? 0), text.Length);
        for (var line = _source.LineStart(from); line < text.Length; line = _source.NextLineStart(line))
        {
            var indent = text[line.._source.LineContentEnd(line)];
            indent = indent[..^indent.TrimStart(' ', '\t').Length];
            var tab = indent.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && line + indent.Length < _source.LineContentEnd(line))
            {
                return line + tab;
            }
        }

        return null;
    }

    private static string Reason(YamlException exception)
    {
        var message = exception.Message.TrimEnd('.');
        return message.Length == 0 ? "bad syntax" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private static string HintFor(SourceText source, TextPosition position)
    {
        var line = source.LineAt(source.OffsetOf(position));
        return source.Text.Split('\n')
            .Where((text, index) => text.TrimStart().StartsWith("{{", StringComparison.Ordinal)
                || (index == line && text.Contains("{{", StringComparison.Ordinal)))
            .Any()
            ? "this looks like a template; render it first (for instance: helm template), or quote values that contain {{ }}"
            : LookAround;
    }
}
