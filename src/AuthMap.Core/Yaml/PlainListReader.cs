using System.Buffers;
using AuthMap.Documents;
using YamlDotNet.Core;

namespace AuthMap.Yaml;

/// <summary>
/// Reads the lists that nearly everybody writes, line by line and many times faster than a YAML parser: block entries of
/// <c>key: value</c>, values on one line, lists of such values, comments. It gives up on anything else, and then the parser reads;
/// where it does not give up, both give the same nodes (a property of the tests).
/// </summary>
internal ref struct PlainListReader
{
    private const int LongestKey = 100;

    // Printable ASCII and line feeds: nothing that YAML forbids, and each character is one column.
    private static readonly SearchValues<char> _usual =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\n']);

    private static readonly SearchValues<char> _startsPlain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.(");

    private static readonly SearchValues<char> _inKey =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // The strings of keys and list items, of which there are few.
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _known = new HashSet<string>(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _text;

    // The line at hand: its number, where it starts, its first character that is not a space, and its end.
    private int _line;
    private int _start;
    private int _first;
    private int _end;

    private PlainListReader(string text, KnownItems? known)
    {
        _text = text;
        _end = (known?.LineStart ?? 0) - 1;
        _line = (known?.Next.Position.Line ?? 1) - 1;
    }

    private readonly int Indent => _first - _start;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">Items at its start that need not be read again; null for none.</param>
    /// <returns>The list; null when the text is for the parser.</returns>
    public static YamlSequence? TryRead(string text, KnownItems? known = null)
    {
        if (text.AsSpan(known?.LineStart ?? 0).ContainsAnyExcept(_usual))
        {
            return null;
        }

        var reader = new PlainListReader(text, known);
        return reader.MoveNext() ? reader.ReadList(known) : null;
    }

    // Moves to the next line that has content; there is none at the end.
    private bool MoveNext()
    {
        while (_end < _text.Length)
        {
            _line++;
            _start = _end + 1;
            var length = _text.AsSpan(_start).IndexOf('\n');
            _end = length < 0 ? _text.Length : _start + length;
            _first = _start;
            while (_first < _end && _text[_first] == ' ')
            {
                _first++;
            }

            if (_first < _end && _text[_first] != '#')
            {
                return true;
            }
        }

        _first = _start = _end;
        return false;
    }

    private YamlSequence? ReadList(KnownItems? known)
    {
        var indent = Indent;
        var start = known?.List.Opening ?? _first;
        var list = new YamlSequence(start)
        {
            Position = known?.List.Position ?? At(_first),
            Opening = start,
            IsFlow = false,
            IsPlain = true,
        };
        if (known is not null)
        {
            list.Items.AddRange(known.Items);
        }

        var hasLine = true;
        while (hasLine)
        {
            if (Indent != indent || AfterDash() is not { } at || ReadEntry(at, out hasLine) is not { } entry)
            {
                return null;
            }

            list.Items.Add(entry);
        }

        list.Close(new(list.Span.Start, list.Items[^1].Span.End));
        return list;
    }

    private YamlMapping? ReadEntry(int at, out bool hasLine)
    {
        var indent = at - _start;
        var entry = new YamlMapping(at) { Position = At(at), Opening = at, IsFlow = false };
        do
        {
            if (ReadKey(at) is not { } key)
            {
                hasLine = false;
                return null;
            }

            YamlNode? value;
            if (key.Span.End + 1 == _end)
            {
                value = ReadItems(indent, out hasLine);
            }
            else
            {
                value = ReadScalar(SkipSpaces(key.Span.End + 1), isItem: false);
                hasLine = value is not null && MoveNext();
            }

            if (value is null)
            {
                return null;
            }

            entry.Pairs.Add(new(key, value));
            at = _first;
        }
        while (hasLine && Indent == indent);

        entry.Close(new(entry.Span.Start, entry.Pairs[^1].Value.Span.End));
        return entry;
    }

    private readonly YamlScalar? ReadKey(int at)
    {
        var rest = _text.AsSpan(at, _end - at);
        var length = rest.IndexOfAnyExcept(_inKey);
        return length is > 0 and < LongestKey && rest[length] == ':' && (length + 1 == rest.Length || rest[length + 1] == ' ')
            ? Plain(at, at + length, Known(at, at + length))
            : null;
    }

    // The items stand as deep as the key, or deeper; what stands higher is for the caller.
    private YamlSequence? ReadItems(int keyIndent, out bool hasLine)
    {
        hasLine = MoveNext();
        var indent = Indent;
        if (!hasLine || indent < keyIndent || AfterDash() is null)
        {
            return null;
        }

        // The parser has no token for the start of a list that is as deep as its key, and takes the first dash for it.
        var opening = indent == keyIndent ? _first + 1 : _first;
        var list = new YamlSequence(_first) { Position = At(_first), Opening = opening, IsFlow = false };
        while (hasLine && Indent == indent && AfterDash() is { } at)
        {
            if (ReadScalar(at, isItem: true) is not { } item)
            {
                return null;
            }

            list.Items.Add(item);
            hasLine = MoveNext();
        }

        // A line in between is the end of the entry or a mistake; either is seen by who reads on.
        if (hasLine && Indent > keyIndent)
        {
            return null;
        }

        list.Close(new(list.Span.Start, list.Items[^1].Span.End));
        return list;
    }

    // Where the content behind a dash starts; null when there is no dash, or nothing behind it.
    private readonly int? AfterDash()
    {
        if (_text[_first] != '-' || _first + 1 >= _end || _text[_first + 1] != ' ')
        {
            return null;
        }

        var at = SkipSpaces(_first + 1);
        return at < _end && _text[at] != '#' ? at : null;
    }

    private readonly YamlScalar? ReadScalar(int at, bool isItem)
    {
        if (at >= _end)
        {
            return null;
        }

        var rest = _text.AsSpan(at, _end - at);
        if (rest[0] is '\'' or '"')
        {
            var length = rest[1..].IndexOf(rest[0]);
            return length < 0 || rest.Slice(1, length).Contains('\\') || !IsOver(at + length + 2)
                ? null
                : new YamlScalar(new(at, at + length + 2))
                {
                    Position = At(at),
                    Value = rest.Slice(1, length).ToString(),
                    Style = rest[0] == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted,
                    IsImplicit = false,
                };
        }

        var comment = rest.IndexOf(" #", StringComparison.Ordinal);
        var value = (comment < 0 ? rest : rest[..comment]).TrimEnd(' ');
        return value.Length == 0 || !_startsPlain.Contains(value[0]) || value[^1] == ':' || value.Contains(": ", StringComparison.Ordinal)
            ? null
            : Plain(at, at + value.Length, isItem ? Known(at, at + value.Length) : value.ToString());
    }

    // Only spaces and a comment behind them follow.
    private readonly bool IsOver(int at)
    {
        var next = SkipSpaces(at);
        return next == _end || (next > at && _text[next] == '#');
    }

    private readonly int SkipSpaces(int at)
    {
        while (at < _end && _text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private readonly YamlScalar Plain(int start, int end, string value) => new(new(start, end))
    {
        Position = At(start),
        Value = value,
        Style = ScalarStyle.Plain,
        IsImplicit = true,
    };

    private readonly string Known(int start, int end)
    {
        var span = _text.AsSpan(start, end - start);
        if (!_known.TryGetValue(span, out var known))
        {
            _known.Add(span);
            _known.TryGetValue(span, out known);
        }

        return known!;
    }

    private readonly TextPosition At(int offset) => new(_line, offset - _start + 1);
}
