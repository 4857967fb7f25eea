using System.CommandLine;

namespace AuthMap.Cli.Parsing;

/// <summary>An option under a name that it no longer has; it works as ever, with a warning.</summary>
internal sealed class FormerOption : Option<string>
{
    public FormerOption(string name, string? alias, Option<string> now)
        : base(name, alias is null ? [] : [alias])
    {
        Now = now;
        HelpName = now.HelpName;
        Hidden = true;
        Recursive = now.Recursive;
    }

    /// <summary>The option as it is called now.</summary>
    public Option<string> Now { get; }

    /// <summary>The warning.</summary>
    public string Warning => $"{Name} is deprecated; use {Now.Name}";

    /// <summary>The value under either name.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: both are given.</exception>
    public string? Read(ParseResult parsed)
    {
        var (former, now) = (parsed.GetValue(this), parsed.GetValue(Now));
        Usage.Forbid(former is not null && now is not null, $"{Name} is the old name of {Now.Name}; give one");
        return now ?? former;
    }
}
