using System.CommandLine;

namespace AuthMap.Cli.Commands;

/// <summary>The options that name mappings; eksctl's, with its old spelling of <c>--arn</c>.</summary>
internal sealed class ArnOption
{
    private readonly Option<string> _role = new("--role") { HelpName = "ARN", Hidden = true };

    public ArnOption(string description) => Arn = new("--arn") { HelpName = "ARN", Description = description };

    public Option<string> Arn { get; }

    public IReadOnlyList<Option> Both => [Arn, _role];

    /// <summary>The ARN, and whether it was given in the old spelling.</summary>
    public (string? Arn, bool OldSpelling) Read(ParseResult parsed)
    {
        var (arn, role) = (parsed.GetValue(Arn), parsed.GetValue(_role));
        Parsing.Usage.Forbid(arn is not null && role is not null, "--role is the old name of --arn; give one");
        return (arn ?? role, role is not null);
    }
}
