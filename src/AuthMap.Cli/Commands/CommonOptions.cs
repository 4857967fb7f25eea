using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>The options that every command understands, before or behind its name.</summary>
internal sealed class CommonOptions
{
    private static readonly Choices<int> _levels = new(
        new("0", 0, "errors"), new("1", 1), new("2", 2, "warnings, too"), new("3", Manner.Normal, "what happens, too (default)"),
        new("4", Manner.Technical, "requests and causes of errors, too"), new("5", 5));

    private static readonly Choices<ColorMode> _colors = new(
        new("true", ColorMode.On, "default"), new("false", ColorMode.Off), new("fabulous", ColorMode.On));

    private readonly SourceOptions _source;

    private readonly Option<string> _timeout = New("--timeout", "DURATION",
        "Time allowed on the network, such as 90s or 1m30s (default: 60s)");

    private readonly ChoiceOption<int> _verbose = new("--verbose", "-v", _levels)
    {
        HelpName = "LEVEL",
        Description = "How much to say, 0 to 5: 2 warnings, 3 what happens (default), 4 requests and causes of errors; -v alone is 4",
        Arity = ArgumentArity.ZeroOrOne,
        Recursive = true,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say nothing but warnings and errors",
        Recursive = true,
    };

    private readonly ChoiceOption<ColorMode> _color = new("--color", "-C", _colors)
    {
        HelpName = "WHEN",
        Description = $"{_colors.Explained}: colour on terminals; without this option NO_COLOR is honoured",
        Recursive = true,
    };

    /// <param name="usualCluster">The EKS cluster to work on when no place is named; null for the current context.</param>
    public CommonOptions(string? usualCluster)
    {
        _source = new(usualCluster);
        Network = new("Network", [_timeout]);
        Talk = new("General", [_verbose, _quiet, _color]);
    }

    public OptionGroup Source => _source.Places;

    /// <inheritdoc cref="SourceOptions.PlacesToRead"/>
    public OptionGroup SourceToRead => _source.PlacesToRead;

    /// <inheritdoc cref="SourceOptions.Clusters"/>
    public OptionGroup Clusters => _source.Clusters;

    public OptionGroup Aws => _source.Aws;

    public OptionGroup Network { get; }

    public OptionGroup Talk { get; }

    public IEnumerable<Option> All => [.. Source.Options, .. Aws.Options, .. Network.Options, .. Talk.Options, .. Idle];

    /// <summary>The cluster's name without an option before it.</summary>
    public Argument ClusterName => _source.Name;

    /// <summary>eksctl's options that do nothing here; they are taken, so that its command lines work.</summary>
    public IReadOnlyList<Option> Idle { get; } = [new Option<bool>("--dumpLogs", "-d") { Hidden = true, Recursive = true }];

    /// <inheritdoc cref="SourceOptions.Read"/>
    public Source ReadSource(ParseResult parsed, string? file = null) => _source.Read(parsed, file);

    /// <inheritdoc cref="SourceOptions.ReadBeside"/>
    public Source ReadSourceBeside(ParseResult parsed, string? file) =>
        file is null ? _source.Read(parsed) : _source.ReadBeside(parsed, file);

    public TimeSpan ReadTimeout(ParseResult parsed) =>
        parsed.GetValue(_timeout) is { } typed ? GoDuration.Parse("--timeout", typed) : TimeSpan.FromSeconds(60);

    public Manner ReadManner(ParseResult parsed)
    {
        var quiet = parsed.GetValue(_quiet);
        var verbose = parsed.GetResult(_verbose) is { Implicit: false };
        Usage.Forbid(quiet && verbose, "--quiet and --verbose contradict each other");
        var level = quiet ? Manner.Quiet : verbose ? _verbose.Read(parsed) ?? Manner.Technical : Manner.Normal;
        return new Manner(level, _color.Read(parsed) ?? ColorMode.Automatic);
    }

    /// <summary>An option with one value that every command takes.</summary>
    internal static Option<string> New(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = value, Description = description, Recursive = true };
}
