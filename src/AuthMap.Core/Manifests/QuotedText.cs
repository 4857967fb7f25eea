using System.Globalization;
using System.Text;
using AuthMap.Documents.Splicing;

namespace AuthMap.Manifests;

/// <summary>
/// A double-quoted string (YAML or JSON) read escape by escape, so that each character of its value is known to a place in the
/// file.
/// </summary>
internal sealed class QuotedText
{
    private readonly string _text;
    private readonly StringBuilder _value = new();

    // Where the spelling of the value's characters starts; -1 inside a spelling that stands for several.
    private readonly List<int> _starts = [];

    private QuotedText(string text, int start)
    {
        _text = text;
        Start = start;
    }

    /// <summary>The offset of the opening quote.</summary>
    public int Start { get; }

    /// <summary>The offset after the closing quote.</summary>
    public int End { get; private set; }

    public string Value => _value.ToString();

    /// <summary>Reads a string that the parser has already accepted.</summary>
    public static QuotedText Read(string text, int start)
    {
        var quoted = new QuotedText(text, start);
        var at = start + 1;
        while (at < text.Length && text[at] != '"')
        {
            at = text[at] switch
            {
                '\\' => quoted.ReadEscape(at),
                ' ' or '\t' or '\r' or '\n' => quoted.ReadBlank(at),
                _ => quoted.Add(text[at].ToString(), at, at + 1),
            };
        }

        quoted._starts.Add(at);
        quoted.End = at + 1;
        return quoted;
    }

    /// <summary>Where the spelling of the value's character at this index starts.</summary>
    public int OffsetOf(int index)
    {
        index = Math.Clamp(index, 0, _starts.Count - 1);
        while (_starts[index] < 0)
        {
            index--;
        }

        return _starts[index];
    }

    /// <summary>The splice that gives it another value and keeps the spelling of what both start and end with.</summary>
    public Splice Replace(string newValue)
    {
        var oldValue = Value;
        var prefix = oldValue.AsSpan().CommonPrefixLength(newValue);
        while (prefix > 0 && (_starts[prefix] < 0 || char.IsHighSurrogate(oldValue[prefix - 1])))
        {
            prefix--;
        }

        var suffix = 0;
        while (suffix < Math.Min(oldValue.Length, newValue.Length) - prefix && oldValue[^(suffix + 1)] == newValue[^(suffix + 1)])
        {
            suffix++;
        }

        while (suffix > 0 && (_starts[oldValue.Length - suffix] < 0 || char.IsLowSurrogate(oldValue[^suffix])))
        {
            suffix--;
        }

        var (start, end) = (_starts[prefix], _starts[oldValue.Length - suffix]);
        var middle = Escape(newValue[prefix..(newValue.Length - suffix)]);

        // At the start of a line of the file a bare blank would be taken for indentation. (JSON strings have one line.)
        var continued = _text.AsSpan(0, start).TrimEnd(" \t") is [.., '\n'] && middle is [' ', ..];
        return new(start, end, continued ? "\\" + middle : middle);
    }

    /// <summary>A text as a double-quoted string, with escapes that both JSON and YAML know.</summary>
    public static string Quote(string text) => $"\"{Escape(text)}\"";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when LiteralText.IsPlain(c) => null,
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            } ?? c.ToString());
        }

        return escaped.ToString();
    }

    private int Add(string value, int start, int end)
    {
        for (var i = 0; i < value.Length; i++)
        {
            _starts.Add(i == 0 ? start : -1);
        }

        _value.Append(value);
        return end;
    }

    private int ReadEscape(int at)
    {
        var next = at + 1 < _text.Length ? _text[at + 1] : '\0';
        var digits = next switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var end = Math.Min(at + 2 + digits, _text.Length);
            var hex = _text.AsSpan((at + 2)..end);
            return int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is >= 0 and <= 0x10ffff
                ? Add(code > 0xffff ? char.ConvertFromUtf32(code) : ((char)code).ToString(), at, end)
                : Add("", at, end);
        }

        if (next is '\r' or '\n')
        {
            // An escaped line break joins the lines; blank lines behind it still count.
            var (breaks, end) = SkipBreaks(at + 1);
            return Add(new string('\n', breaks - 1), at, end);
        }

        var value = next switch
        {
            '0' => "\0",
            'a' => "\a",
            'b' => "\b",
            't' => "\t",
            'n' => "\n",
            'v' => "\v",
            'f' => "\f",
            'r' => "\r",
            'e' => "\e",
            'N' => "\u0085",
            '_' => "\u00a0",
            'L' => "\u2028",
            'P' => "\u2029",
            _ => next.ToString(),
        };
        return Add(value, at, at + 2);
    }

    /// <summary>Blanks count, but not at a line break: that is itself a blank, or as many breaks as blank lines follow.</summary>
    private int ReadBlank(int at)
    {
        var end = at;
        while (end < _text.Length && _text[end] is ' ' or '\t')
        {
            end++;
        }

        if (end == _text.Length || _text[end] is not ('\r' or '\n'))
        {
            return Add(_text[at].ToString(), at, at + 1);
        }

        var (breaks, next) = SkipBreaks(end);
        return Add(breaks == 1 ? " " : new string('\n', breaks - 1), at, next);
    }

    private (int Breaks, int End) SkipBreaks(int at)
    {
        var breaks = 0;
        for (; at < _text.Length && _text[at] is ' ' or '\t' or '\r' or '\n'; at++)
        {
            breaks += _text[at] == '\n' || (_text[at] == '\r' && (at + 1 == _text.Length || _text[at + 1] != '\n')) ? 1 : 0;
        }

        return (breaks, at);
    }
}
