namespace AuthMap.Cluster.Aws.Config;

/// <summary>The shared config and credentials files.</summary>
internal sealed class AwsProfiles
{
    /// <summary>The profile that needs no name.</summary>
    public const string Default = "default";

    private readonly string _folder;
    private readonly Dictionary<string, Dictionary<string, string>> _config;
    private readonly Dictionary<string, Dictionary<string, string>> _credentials;

    private AwsProfiles(HostEnvironment host)
    {
        _folder = Path.Combine(host.HomeDirectory, ".aws");
        ConfigPath = Locate(host, "AWS_CONFIG_FILE", "config");
        CredentialsPath = Locate(host, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
        _config = Read(ConfigPath);
        _credentials = Read(CredentialsPath);
    }

    /// <summary>The config file (<c>AWS_CONFIG_FILE</c>, else <c>~/.aws/config</c>), whether it is there or not.</summary>
    public string ConfigPath { get; }

    /// <summary>The credentials file (<c>AWS_SHARED_CREDENTIALS_FILE</c>, else <c>~/.aws/credentials</c>).</summary>
    public string CredentialsPath { get; }

    /// <summary>The names of all profiles, sorted.</summary>
    public IReadOnlyList<string> Names =>
        [.. _credentials.Keys
            .Concat(_config.Keys.Select(ProfileOf).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>Reads both files; one that is not there holds nothing.</summary>
    /// <exception cref="AuthMapException">A file cannot be read.</exception>
    public static AwsProfiles Read(HostEnvironment host) => new(host);

    /// <summary>The name of the profile to use when none is asked for: <c>AWS_PROFILE</c>, else "default".</summary>
    public static string Usual(HostEnvironment host) => host["AWS_PROFILE"] ?? host["AWS_DEFAULT_PROFILE"] ?? Default;

    /// <summary>A profile; null when neither file has it. The credentials file has the last word on each setting.</summary>
    public AwsProfile? Find(string name)
    {
        var layers = _config.Where(section => ProfileOf(section.Key) == name)
            .OrderBy(section => section.Key.StartsWith("profile", StringComparison.Ordinal) ? 1 : 0)
            .Select(section => section.Value)
            .ToList();
        if (_credentials.TryGetValue(name, out var credentials))
        {
            layers.Add(credentials);
        }

        return layers.Count == 0 ? null : new AwsProfile(name, Merge(layers));
    }

    /// <summary>A profile that has been asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="asked">Who names it, for the message: <c>--profile</c>, <c>AWS_PROFILE</c>, another profile.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there is none.</exception>
    public AwsProfile Get(string name, string asked) => Find(name) ?? throw new AuthMapException(
        FailureKind.Usage,
        $"there is no profile \"{name}\", which {asked} names",
        Names.Count == 0 ? $"there are no profiles in {ConfigPath} and {CredentialsPath}" : $"there is {string.Join(", ", Names)}");

    /// <summary>A section of the config file that profiles refer to.</summary>
    /// <param name="kind"><c>sso-session</c> or <c>services</c>.</param>
    /// <param name="name">Its name.</param>
    public AwsProfile? Section(string kind, string name) => _config
        .Where(section => NameAfter(kind, section.Key) == name)
        .Select(section => new AwsProfile(name, section.Value, kind))
        .FirstOrDefault();

    private static string? ProfileOf(string section) => section == Default ? section : NameAfter("profile", section);

    // [profile dev], and [profile "my dev"] when there are spaces in the name.
    private static string? NameAfter(string kind, string section)
    {
        if (!section.StartsWith(kind, StringComparison.Ordinal)
            || section.Length == kind.Length
            || !char.IsWhiteSpace(section[kind.Length]))
        {
            return null;
        }

        var name = section[kind.Length..].Trim();
        return name is ['"', .., '"'] or ['\'', .., '\''] ? name[1..^1] : name;
    }

    private static Dictionary<string, string> Merge(IEnumerable<Dictionary<string, string>> layers)
    {
        var merged = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in layers.SelectMany(layer => layer))
        {
            merged[key] = value;
        }

        return merged;
    }

    private string Locate(HostEnvironment host, string variable, string name)
    {
        if (host[variable] is not { } path)
        {
            return Path.Combine(_folder, name);
        }

        var expanded = path.StartsWith("~/", StringComparison.Ordinal) ? host.HomeDirectory + path[1..] : path;
        return Path.GetFullPath(expanded, host.WorkingDirectory);
    }

    private static Dictionary<string, Dictionary<string, string>> Read(string path)
    {
        try
        {
            // Never in the working directory because of an unknown home: the file names programs to run.
            return Path.IsPathFullyQualified(path) && File.Exists(path) ? IniText.Read(path, File.ReadAllText(path)) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"cannot read {path}: {e.Message}"), e);
        }
    }
}
