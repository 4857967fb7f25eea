using System.CommandLine;
using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>Prints the version.</summary>
internal sealed record VersionRequest(Manner Manner) : Request(Manner)
{
    public const string Version = Build.Version;

    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Terminal.Out.WriteLine($"{CommandTree.Program} {Version}");
        return Task.FromResult(ExitCode.Done);
    }
}

internal sealed class VersionCommand : LeafCommand
{
    private readonly CommonOptions _common;

    public VersionCommand(CommonOptions common)
        : base("version", "Print the version of authmap") => _common = common;

    public override string Synopsis => "version";

    public override IReadOnlyList<Example> Examples => [];

    public override IReadOnlyList<OptionGroup> Groups => [_common.Talk];

    public override Request Read(ParseResult parsed) => new VersionRequest(_common.ReadManner(parsed));
}
