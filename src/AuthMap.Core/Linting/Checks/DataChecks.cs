using System.Text;
using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Yaml;

namespace AuthMap.Linting.Checks;

/// <summary>Keys of <c>data</c>, and what stands behind the first document of a key.</summary>
internal static class DataChecks
{
    private static readonly string[] _lowerNames = [.. SectionKeys.All.Select(key => key.Name().ToLowerInvariant())];

    public static IEnumerable<Finding> Check(LintMap map) =>
    [
        .. map.Document.Data.Keys.Where(key => SectionKeys.All.All(known => known.Name() != key)).Select(OtherKey),
        .. map.Document.Sections.Select(LaterDocument).OfType<Finding>(),
        .. Size(map.Document),
    ];

    private static Finding OtherKey(string key)
    {
        var plain = key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var meant = _lowerNames.FirstOrDefault(name => name.Equals(plain, StringComparison.OrdinalIgnoreCase)) ?? Closest.To(plain, _lowerNames);
        if (meant is null)
        {
            return new(Rules.UnknownDataKey, key, new(1, 1), $"{key} is no key of aws-auth and is ignored");
        }

        var right = SectionKeys.All.First(known => known.Name().Equals(meant, StringComparison.OrdinalIgnoreCase)).Name();
        return new(Rules.MisspeltDataKey, key, new(1, 1), $"{key} is ignored; {right} was probably meant") { Remedy = $"write {right}" };
    }

    private static Finding? LaterDocument(Section section)
    {
        if (section.Text is not { } text || section.Root is not { } root)
        {
            return null;
        }

        // A document starts with a line of three dashes; the end of one may be told by three dots.
        TextPosition? start = null;
        for (var at = FirstLineBehind(text, root); at < text.Length; at = Lines.Next(text, at))
        {
            var line = text.AsSpan(at, Lines.End(text, at) - at);
            var content = line.TrimEnd();
            if (IsMark(line, "---") || IsMark(line, "..."))
            {
                start ??= TextPositions.At(text, at);
                content = content[3..].TrimStart();
            }

            if (start is not null && content.TrimStart() is not ([] or ['#', ..]))
            {
                var key = section.Key.Name();
                return new(Rules.LaterDocument, key, start.Value, $"what follows in {key} is a further YAML document and is ignored");
            }
        }

        return null;
    }

    private static int FirstLineBehind(string text, YamlNode root)
    {
        // An empty document ends with its own dashes; the parser places it behind the next ones.
        var end = root.Span.Length > 0 ? root.Span.End : Math.Max(0, text.IndexOf("---", StringComparison.Ordinal)) + 1;
        return Lines.IsStart(text, end) ? end : Lines.Next(text, end);
    }

    private static bool IsMark(ReadOnlySpan<char> line, string mark) =>
        line.StartsWith(mark, StringComparison.Ordinal) && (line.Length == 3 || line[3] is ' ' or '\t');

    // The API server counts the values of the data.
    private static IEnumerable<Finding> Size(AwsAuthDocument document)
    {
        const int Limit = 1 << 20;
        const double Near = 0.9;
        var size = document.Data.Values.Sum(Encoding.UTF8.GetByteCount);
        if (size >= Limit * Near)
        {
            var largest = document.Data.MaxBy(pair => pair.Value.Length).Key;
            yield return new(Rules.NearSizeLimit, largest, new(1, 1),
                $"the map is {size / 1024} KiB large, {100L * size / Limit} % of what the API server takes");
        }
    }
}
