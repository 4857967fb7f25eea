using System.Globalization;
using System.Text;

namespace AuthMap.Documents.Readable;

/// <summary>
/// A map as a person edits it: one YAML text with the keys' lists as lists. Each key's text stands in it line by line, indented;
/// so whatever is not touched comes back byte for byte. A text that cannot stand there as it is (it is no YAML, or would mean
/// something else) stands there as a string.
/// </summary>
public sealed class ReadableMap
{
    private const string Sign = "#:";

    private readonly MapTexts _texts;
    private readonly string _lineBreak;

    private ReadableMap(MapTexts texts)
    {
        _texts = texts;
        var present = SectionKeys.All.Where(key => texts.Data.ContainsKey(key.Name())).ToList();
        _lineBreak = present.Count > 0 && present.All(key => DraftText.EndingOf(texts.Data[key.Name()]) == "\r\n") ? "\r\n" : "\n";
        var body = new StringBuilder();
        List<SectionKey> strings = [];
        foreach (var key in present)
        {
            var text = texts.Data[key.Name()];
            var list = ReadableSection.AsList(key, text, _lineBreak);
            body.Append(list ?? ReadableSection.AsString(key, text, _lineBreak));
            strings.AddRange(list is null ? [key] : (SectionKey[])[]);
        }

        Body = body.ToString();
        Strings = strings;
        Mark = Sign;
        while (DraftText.Lines(Body).Any(IsMarked))
        {
            Mark += ':';
        }
    }

    /// <summary>What the lines start with that are not the person's; no line of the map does.</summary>
    public string Mark { get; }

    /// <summary>The map, readable.</summary>
    public string Body { get; }

    /// <summary>The keys that stand there as strings.</summary>
    public IReadOnlyList<SectionKey> Strings { get; }

    /// <summary>Makes a map readable.</summary>
    /// <param name="texts">Its texts. No text makes this throw.</param>
    public static ReadableMap Of(MapTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new(texts);
    }

    /// <summary>
    /// Reads what a person made of it. A key that they did not touch keeps its text; one that they took away is an empty list;
    /// line endings are those that a text had, whatever the person's editor makes of them.
    /// </summary>
    /// <param name="typed">The text as it was saved, a byte order mark and marked lines included. No text makes this throw.</param>
    public ReadableDraft Read(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var body = string.Concat(DraftText.Lines(DraftText.WithLineFeeds(typed.TrimStart('\uFEFF'))).Where(line => !IsMarked(line)));
        return new DraftReader(_texts, Body).Read(body);
    }

    /// <summary>A text to be edited: with a header, with what is wrong above the lines that it is about, and with the way to write
    /// the keys that are absent.</summary>
    /// <param name="body">The person's own lines.</param>
    /// <param name="header">The lines of the header; they need no mark.</param>
    /// <param name="faults">What is wrong with it, or to be said about it.</param>
    /// <returns>The text, and the faults in the order of their lines, each with its place in the text.</returns>
    public (string Text, IReadOnlyList<DraftFault> Faults) Frame(
        string body, IReadOnlyList<string> header, IReadOnlyList<DraftFault> faults)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(faults);
        List<string> lines = [.. header.Select(Marked)];
        List<DraftFault> placed = [];
        List<string> own = [.. DraftText.Lines(body)];
        var sorted = faults.OrderBy(fault => fault.Position.Line).ThenBy(fault => fault.Position.Column).ToList();
        for (var number = 1; number <= own.Count; number++)
        {
            var here = sorted.Skip(placed.Count)
                .TakeWhile(fault => fault.Position.Line <= number || number == own.Count).ToList();
            lines.AddRange(here.Select(fault =>
                Marked(string.Create(CultureInfo.InvariantCulture, $"{(fault.IsWarning ? "warning" : "error")}: {fault.Message} (column {fault.Position.Column})"))));
            lines.Add(own[number - 1].EndsWith('\n') ? own[number - 1] : own[number - 1] + _lineBreak);
            placed.AddRange(here.Select(fault => fault with { Position = new(lines.Count, fault.Position.Column) }));
        }

        lines.AddRange(AbsentKeys(body).Select(Marked));
        return (string.Concat(lines), placed);
    }

    private static IEnumerable<string> AbsentKeys(string body)
    {
        var absent = SectionKeys.All
            .Where(key => !DraftText.Lines(body).Any(line => line.StartsWith($"{key.Name()}:", StringComparison.Ordinal))).ToList();
        string[] introduction = absent.Count == 0 ? [] : ["", "Not there so far; take the mark and the blank behind it away to use it:"];
        return introduction.Concat(absent.SelectMany(ReadableSection.Sample));
    }

    // What is said may quote what was typed; nothing of it may become a line of the person's.
    private string Marked(string line) => (line.Length == 0 ? Mark : $"{Mark} {line.ReplaceLineEndings(" ")}") + _lineBreak;

    private bool IsMarked(string line) => line.AsSpan().TrimStart(" \t").StartsWith(Mark, StringComparison.Ordinal);
}
