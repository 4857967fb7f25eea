namespace AuthMap.Cluster.Aws.Config;

/// <summary>The settings of a profile, of both files together; or of a section that profiles refer to.</summary>
/// <param name="Name">The profile's name.</param>
/// <param name="Settings">Its settings by name.</param>
/// <param name="Kind"><c>profile</c>, <c>sso-session</c> or <c>services</c>.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Settings, string Kind = "profile")
{
    /// <summary>A setting; null when it is absent or empty.</summary>
    public string? this[string setting] => Settings.TryGetValue(setting, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that it cannot do without.</summary>
    /// <exception cref="AuthMapException">It is not there.</exception>
    public string Need(string setting) =>
        this[setting] ?? throw new AuthMapException(FailureKind.Failed, $"{Kind} \"{Name}\" has no {setting}");
}
