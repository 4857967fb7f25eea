using System.CommandLine;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Commands;

/// <summary>The option that names a mapping's ARN; eksctl's, with its old spelling.</summary>
internal sealed class ArnOption
{
    private readonly FormerOption _role;

    public ArnOption(string description)
    {
        Arn = new("--arn") { HelpName = "ARN", Description = description };
        _role = new("--role", null, Arn);
    }

    public Option<string> Arn { get; }

    public IReadOnlyList<Option> Both => [Arn, _role];

    public string? Read(ParseResult parsed) => _role.Read(parsed);
}
