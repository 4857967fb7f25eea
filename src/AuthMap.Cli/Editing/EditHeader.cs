using AuthMap.Authenticator;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Documents.Readable;
using AuthMap.Planning;

namespace AuthMap.Cli.Editing;

/// <summary>The lines above the map in the file that a person edits.</summary>
internal static class EditHeader
{
    /// <param name="map">The map.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="target">Its place.</param>
    /// <param name="complaint">Why the file is opened again; null for the first time.</param>
    public static IReadOnlyList<string> Lines(ReadableMap map, MapTexts texts, string target, Complaint? complaint) =>
    [
        .. (complaint is null ? [] : Lines(complaint)).Select(Printable.Line),
        Printable.Line($"Who may enter, and as whom: the IAM identity mappings of {target}."),
        "Save the file and close the editor to go on. What you wrote is checked and shown before anything is written.",
        "Leave the file as it is, or empty it, and nothing happens; opened again with --from it is written as it stands.",
        $"Lines that start with {map.Mark} are never written.",
        .. map.Strings.Select(key => Printable.Line(Explain(key, texts.Data[key.Name()]))),
        "",
    ];

    /// <summary>What others have written meanwhile.</summary>
    public static IEnumerable<string> WhatChanged(MapTexts before, MapTexts now)
    {
        yield return "what others changed meanwhile; it stands below already, but where you changed the same, which stands as you wrote it:";
        foreach (var name in SectionKeys.All.Select(key => key.Name()))
        {
            foreach (var hunk in UnifiedDiff.Compute(before.Data.GetValueOrDefault(name), now.Data.GetValueOrDefault(name), context: 1))
            {
                yield return $"  @@ {name}, line {Math.Max(1, hunk.OldLine)} @@";
                foreach (var line in hunk.Lines)
                {
                    yield return $"  {(line.Kind switch { DiffLineKind.Removed => '-', DiffLineKind.Added => '+', _ => ' ' })}{line.Text.TrimEnd('\r')}";
                }
            }
        }
    }

    private static IEnumerable<string> Lines(Complaint complaint) => complaint switch
    {
        { Failure: null, Faults.Count: 0 } => [],
        { Faults.Count: > 0 } =>
        [
            "Not written yet: look for \"error:\" and \"warning:\" below, above the line that each is about.",
            .. Hint(complaint.Failure),
            "",
        ],
        { Failure: { } failure } =>
        [
            $"error: {failure.Message}",
            .. failure.Details.Select(detail => $"  {detail}"),
            .. Hint(failure),
            .. complaint.More,
            "",
        ],
    };

    private static IEnumerable<string> Hint(Failure? failure) => failure?.Hint is { } hint ? [$"hint: {hint}"] : [];

    private static string Explain(SectionKey key, string text) => Decoder.Decode(key, text).Fatal is { } fatal
        ? $"{key.Name()} stands here as text, because it cannot be read (its line {fatal.Position.Line}): {fatal.Message}."
        : $"{key.Name()} stands here as text, because the way it is written cannot stand below its key.";
}
