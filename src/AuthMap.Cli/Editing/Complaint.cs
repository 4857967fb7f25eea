using AuthMap.Documents;
using AuthMap.Documents.Readable;

namespace AuthMap.Cli.Editing;

/// <summary>Why the file is opened again.</summary>
/// <param name="Failure">What is wrong; null when nothing is, and the person wants to go on.</param>
/// <param name="Faults">What has a line of its own.</param>
internal sealed record Complaint(Failure? Failure, IReadOnlyList<DraftFault> Faults)
{
    /// <summary>What else to show in the header.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>The map as others have written it meanwhile, and with what was typed here.</summary>
    public (MapTexts Now, MapTexts Typed)? Merged { get; init; }

    /// <summary>Whether nothing can be written into the file without changing what it holds, as it is no text.</summary>
    public bool IsNoText { get; init; }

    /// <summary>The failure with the places of the faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placed">The faults where they are in it.</param>
    public Failure? FailureIn(string path, IReadOnlyList<DraftFault> placed)
    {
        List<string> lines = [.. placed.Where(fault => !fault.IsWarning).Select(fault => $"{path}:{fault.Position}: {fault.Message}")];
        return Failure is null || lines.Count == 0 ? Failure : new(Failure.Kind, lines[0], lines[1..], Failure.Hint);
    }
}
