namespace AuthMap.Cluster.Aws.Config;

/// <summary>The settings of a profile, of both files together.</summary>
/// <param name="Name">The profile's name.</param>
/// <param name="Settings">Its settings by name.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>A setting; null when it is absent or empty.</summary>
    public string? this[string setting] => Settings.TryGetValue(setting, out var value) && value.Length > 0 ? value : null;

    /// <summary>The setting, which the profile cannot do without.</summary>
    /// <exception cref="AuthMapException">It is not there.</exception>
    public string Need(string setting) =>
        this[setting] ?? throw new AuthMapException(FailureKind.Failed, $"profile \"{Name}\" has no {setting}", "aws configure");
}
