using AuthMap.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuthMap.Yaml;

/// <summary>
/// Composes the first document of a YAML text into nodes, accepting and refusing what go-yaml v2 does. Like it, it never looks
/// at what follows the first root node, but for the one token that ends it.
/// </summary>
internal sealed class YamlComposer
{
    // go-yaml allows 10,000 levels; nothing that deep is a map, and every reader of the nodes may recurse.
    private const int MaxDepth = 1000;

    private readonly string _text;
    private readonly int _shift;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlComposer(string text)
    {
        _text = text;
        _shift = text.StartsWith('\uFEFF') ? 1 : 0;
        // Comments off: with comments on, the parser refuses valid text (a comment after a flow collection).
        _parser = new Parser(new Scanner(new StringReader(_shift == 0 ? text : text[1..]), skipComments: true));
    }

    /// <summary>Composes the first document.</summary>
    /// <param name="text">The text; a byte order mark is skipped.</param>
    /// <param name="fault">Why it cannot be read; null when it can.</param>
    /// <param name="known">List items at its start that need not be read again, unless the root turns out not to be such a list; null
    /// for none.</param>
    /// <returns>The root; null when there is no document, or a fault.</returns>
    public static YamlNode? Compose(string text, out YamlFault? fault, KnownItems? known = null)
    {
        if (PlainListReader.TryRead(text, known) is { } list)
        {
            fault = null;
            return list;
        }

        return ComposeByParser(text, out fault);
    }

    /// <summary>The same for any text, usual or not.</summary>
    /// <param name="text">The text; a byte order mark is skipped.</param>
    /// <param name="fault">Why it cannot be read; null when it can.</param>
    /// <returns>The root; null when there is no document, or a fault.</returns>
    internal static YamlNode? ComposeByParser(string text, out YamlFault? fault)
    {
        var composer = new YamlComposer(text);
        try
        {
            var root = composer.ComposeRoot();
            fault = composer.FindForbiddenCharacter(root) ?? composer.FindForbiddenTab(root);
            return fault is null ? root : null;
        }
        catch (YamlFaultException exception)
        {
            fault = exception.Fault;
        }
        catch (YamlException exception)
        {
            fault = composer.FindTabBehind(exception) ?? new YamlFault(PositionOf(exception.Start), Tidy(exception.Message));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The scanner gives up on some garbage with these.
            fault = new YamlFault(PositionOf(composer._parser.Current?.End ?? Mark.Empty), "it cannot be read as YAML from here on");
        }

        return null;
    }

    private YamlNode? ComposeRoot()
    {
        while (_parser.MoveNext())
        {
            switch (_parser.Current)
            {
                case DocumentStart { Version: { Version: not { Major: 1, Minor: 1 } } directive } start:
                    throw new YamlFaultException(PositionOf(start.Start), $"YAML {directive.Version.Major}.{directive.Version.Minor} is not supported, only 1.1");
                case NodeEvent or YamlDotNet.Core.Events.AnchorAlias:
                    var root = ComposeNode();
                    CheckTokenAfterRoot();
                    return root;
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>Composes the node whose first event is current; without recursion, since depth is the input's choice.</summary>
    private YamlNode ComposeNode()
    {
        var open = new Stack<YamlCollection>();
        var pendingKeys = new Stack<YamlNode?>();
        while (true)
        {
            var node = ReadNode(_parser.Current!);
            if (node is YamlCollection collection)
            {
                if (open.Count == MaxDepth)
                {
                    throw new YamlFaultException(node.Position, $"it is nested deeper than {MaxDepth} levels");
                }

                open.Push(collection);
                pendingKeys.Push(null);
            }
            else if (open.Count == 0)
            {
                return node;
            }
            else
            {
                Attach(open.Peek(), pendingKeys, node);
            }

            Advance();
            while (_parser.Current is SequenceEnd or MappingEnd)
            {
                var closed = open.Pop();
                pendingKeys.Pop();
                Close(closed, _parser.Current);
                if (open.Count == 0)
                {
                    return closed;
                }

                Attach(open.Peek(), pendingKeys, closed);
                Advance();
            }
        }
    }

    private static void Attach(YamlCollection parent, Stack<YamlNode?> pendingKeys, YamlNode node)
    {
        if (parent is YamlSequence sequence)
        {
            sequence.Items.Add(node);
        }
        else if (pendingKeys.Pop() is { } key)
        {
            ((YamlMapping)parent).Pairs.Add(new(key, node));
            pendingKeys.Push(null);
        }
        else
        {
            pendingKeys.Push(node);
        }
    }

    private YamlNode ReadNode(ParsingEvent current)
    {
        var position = PositionOf(current.Start);
        var start = OffsetOf(current.Start);
        var span = new TextSpan(start, Math.Max(start, OffsetOf(current.End)));
        if (current is YamlDotNet.Core.Events.AnchorAlias alias)
        {
            return new YamlAlias(span)
            {
                Position = position,
                Target = _anchors.TryGetValue(alias.Value.Value, out var target)
                    ? target
                    : throw new YamlFaultException(position, $"there is no anchor '{alias.Value}' above"),
            };
        }

        var nodeEvent = (NodeEvent)current;
        var tag = nodeEvent.Tag.IsEmpty || nodeEvent.Tag.IsNonSpecific ? null : nodeEvent.Tag.Value;
        var hasProperties = !nodeEvent.Anchor.IsEmpty || !nodeEvent.Tag.IsEmpty;
        YamlNode node = nodeEvent switch
        {
            Scalar scalar => new YamlScalar(span with { End = ContentEnd(scalar, span) })
            {
                Position = position,
                Tag = tag,
                HasProperties = hasProperties,
                Value = scalar.Value,
                Style = scalar.Style,
                IsImplicit = scalar.IsPlainImplicit,
            },
            SequenceStart list => new YamlSequence(span.Start)
            {
                Position = position,
                Tag = tag,
                HasProperties = hasProperties,
                Opening = span.End,
                IsFlow = list.Style == SequenceStyle.Flow,
            },
            MappingStart map => new YamlMapping(span.Start)
            {
                Position = position,
                Tag = tag,
                HasProperties = hasProperties,
                Opening = span.End,
                IsFlow = map.Style == MappingStyle.Flow,
            },
            _ => throw new YamlFaultException(position, "it cannot be read as YAML"),
        };
        if (!nodeEvent.Anchor.IsEmpty)
        {
            _anchors[nodeEvent.Anchor.Value] = node;
        }

        return node;
    }

    /// <summary>Ends a block scalar at its last line of content: the blank lines below belong to it only when it keeps them.</summary>
    private int ContentEnd(Scalar scalar, TextSpan span)
    {
        if (scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded))
        {
            return span.End;
        }

        var written = _text.AsSpan(span.Start, span.Length);
        var header = written[..Math.Max(0, written.IndexOfAny('\n', '\r'))];
        var comment = header.IndexOf('#');
        return (comment < 0 ? header : header[..comment]).Contains('+') ? span.End : span.Start + written.TrimEnd(" \t\r\n").Length;
    }

    /// <summary>A block collection ends with its last child; the parser's mark is the next token, behind comments and blanks.</summary>
    private void Close(YamlCollection collection, ParsingEvent end)
    {
        if (collection is YamlMapping { IsFlow: true, Pairs: [var (key, value), ..] } && _text[collection.Opening] != '{')
        {
            // A single pair within brackets is a mapping without braces, and the parser does not say where.
            collection.Position = key.Position;
            collection.Close(new TextSpan(key.Span.Start, value.Span.End));
            return;
        }

        collection.Close(collection.Span with
        {
            End = collection switch
            {
                { IsFlow: true } => OffsetOf(end.Start) + 1,
                YamlSequence { Items: [.., var last] } => last.Span.End,
                YamlMapping { Pairs: [.., var (_, last)] } => last.Span.End,
                _ => collection.Span.Start,
            },
        });
    }

    private void Advance()
    {
        if (!_parser.MoveNext())
        {
            throw new YamlFaultException(new(1, 1), "it ends too early");
        }
    }

    // The scanner's refusal of the next token is fatal; the parser's opinion about a second document is not.
    private void CheckTokenAfterRoot()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (SemanticErrorException)
        {
        }
    }

    private YamlFault? FindForbiddenCharacter(YamlNode? root)
    {
        var end = root?.Span.End ?? _text.Length;
        for (var i = 0; i < end; i++)
        {
            var c = _text[i];
            if (c is (< ' ' and not ('\t' or '\n' or '\r')) or (>= '\u007F' and <= '\u009F' and not '\u0085') or '\uFFFE' or '\uFFFF')
            {
                return new YamlFault(TextPositions.At(_text, i), $"the control character U+{(int)c:X4} is not allowed");
            }
        }

        return null;
    }

    private YamlFault? FindForbiddenTab(YamlNode? root)
    {
        var plain = _text[_shift..];
        var found = TabRule.Find(plain, (root?.Span.End ?? _text.Length) - _shift);
        return found < 0 ? null : TabFault(plain, found);
    }

    // The scanner complains of a tab where it began to read, which may be lines above it.
    private YamlFault? FindTabBehind(YamlException exception)
    {
        var tab = exception.Message.Contains(" tab ", StringComparison.Ordinal)
            ? _text.IndexOf('\t', OffsetOf(exception.Start))
            : -1;
        while (tab >= 0 && _text.AsSpan(0, tab).TrimEnd(" \t") is not ([] or [.., '\n' or '\r']))
        {
            tab = _text.IndexOf('\t', tab + 1);
        }

        return tab < 0 ? null : TabFault(_text, tab);
    }

    private static YamlFault TabFault(string text, int offset) =>
        new(TextPositions.At(text, offset), "a tab stands where only spaces may");

    private int OffsetOf(Mark mark) => Math.Min((int)mark.Index + _shift, _text.Length);

    private static TextPosition PositionOf(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private static string Tidy(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length == 0 ? "it cannot be read as YAML" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
