using System.Text.RegularExpressions;
using AuthMap.Documents;
using AuthMap.Manifests;

namespace AuthMap.Linting;

/// <summary>
/// Comments that silence rules: <c># authmap:ignore AM003 reason</c>, with one id or several. On a line of an entry, or alone on a line
/// above it, it is about that entry; elsewhere about its own line.
/// </summary>
internal static partial class Suppressions
{
    /// <summary>Takes out what is silenced, and adds what is wrong with the comments themselves.</summary>
    public static IEnumerable<Finding> Apply(LintMap map, IReadOnlyList<Finding> findings)
    {
        var suppressions = map.Document.Data.SelectMany(pair => In(map, pair.Key, pair.Value)).ToList();
        if (suppressions.Count == 0)
        {
            return findings;
        }

        var used = new HashSet<(Suppression, string)>();
        var left = findings.Where(finding => !IsSilenced(finding)).ToList();
        return [.. left, .. suppressions.SelectMany(suppression => Complaints(suppression, id => used.Contains((suppression, id))))];

        bool IsSilenced(Finding finding)
        {
            var silenced = false;
            foreach (var suppression in suppressions.Where(suppression => suppression.Covers(finding)))
            {
                used.Add((suppression, finding.Rule.Id));
                silenced = true;
            }

            return silenced;
        }
    }

    private static IEnumerable<Finding> Complaints(Suppression suppression, Func<string, bool> isUsed)
    {
        if (suppression.Ids.Count == 0)
        {
            yield return new(Rules.UnknownSuppression, suppression.Key, suppression.Position, "authmap:ignore names no rule");
        }

        foreach (var id in suppression.Ids)
        {
            if (Rules.Find(id) is null)
            {
                yield return new(Rules.UnknownSuppression, suppression.Key, suppression.Position, $"there is no rule {id}");
            }
            else if (!isUsed(id))
            {
                yield return new(Rules.UnusedSuppression, suppression.Key, suppression.Position, $"{id} finds nothing here");
            }
        }
    }

    private static IEnumerable<Suppression> In(LintMap map, string key, string text)
    {
        if (!text.Contains("authmap:ignore", StringComparison.Ordinal))
        {
            yield break;
        }

        var source = new SourceText(text, key);
        var items = map.Items.Where(item => item.Key.Name() == key)
            .Select(item => (First: item.Node.Position.Line, Last: source.LineAt(Math.Max(item.Node.Span.Start, item.Node.Span.End - 1)) + 1))
            .ToList();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Comment().Match(lines[i]) is not { Success: true } match)
            {
                continue;
            }

            var line = i + 1;
            var start = match.Groups["comment"].Index;
            var (first, last) = items.FirstOrDefault(item => item.First <= line && line <= item.Last, (First: line, Last: line));
            if (lines[i].AsSpan(0, start).IsWhiteSpace() && (first, last) == (line, line))
            {
                // Alone on its line: it is about what follows.
                var next = Array.FindIndex(lines, i + 1, IsContent) + 1;
                last = next == 0 ? line : items.FirstOrDefault(item => item.First == next, (First: next, Last: next)).Last;
            }

            var ids = Id().Matches(match.Groups["ids"].Value).Select(id => id.Value.ToUpperInvariant()).Distinct().ToList();
            yield return new(key, new(line, start + 1), first, last, ids);
        }
    }

    private static bool IsContent(string line) => line.AsSpan().TrimStart() is not ([] or ['#', ..]);

    [GeneratedRegex(
        @"(?:^|\s)(?<comment>#\s*authmap:ignore(?<ids>(?:[\s,]+AM\d+\b)*)(?=$|[\s,]))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Comment();

    [GeneratedRegex(@"AM\d+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    /// <summary>A comment and the lines that it is about.</summary>
    private sealed record Suppression(string Key, TextPosition Position, int First, int Last, IReadOnlyList<string> Ids)
    {
        public bool Covers(Finding finding) =>
            finding.Key == Key && finding.Position.Line >= First && finding.Position.Line <= Last && Ids.Contains(finding.Rule.Id);
    }
}
