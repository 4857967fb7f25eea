namespace AuthMap.Cluster;

/// <summary>What the machine tells a program about where it runs; passed in, never read from the process.</summary>
/// <param name="Variables">The environment variables. On Windows the dictionary compares names without case.</param>
/// <param name="HomeDirectory">The user's home directory; there is none when this is no absolute path.</param>
/// <param name="WorkingDirectory">The directory that relative paths start from.</param>
/// <param name="TempDirectory">A directory for temporary files.</param>
public sealed record HostEnvironment(
    IReadOnlyDictionary<string, string> Variables, string HomeDirectory, string WorkingDirectory, string TempDirectory)
{
    /// <summary>The machine's name; empty when that does not matter.</summary>
    public string MachineName { get; init; } = "";

    /// <summary>Whether the process is this program's alone, so that its native environment may be changed
    /// (<see cref="MachineTrust"/>).</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>The value of a variable; null when it is not set, and also when it is empty.</summary>
    /// <param name="variable">Its name.</param>
    public string? this[string variable] =>
        Variables.TryGetValue(variable, out var value) && value.Length > 0 ? value : null;
}
