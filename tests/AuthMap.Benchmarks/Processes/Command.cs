namespace AuthMap.Benchmarks.Processes;

/// <summary>A program to be run.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">All of its environment.</param>
public sealed record Command(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    // An argument may be a whole map.
    public override string ToString() => string.Join(' ', [
        Path.GetFileName(Program), .. Arguments.Select(argument => argument.Length > 60 ? $"{argument[..60]}…" : argument),
    ]);
}
