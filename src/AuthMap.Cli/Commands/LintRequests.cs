using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Linting;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Which findings make the exit code 3.</summary>
internal enum FailOn
{
    Error,
    Warning,
    Never,
}

/// <summary>Looks for mistakes in one map, or in all manifests of a folder.</summary>
internal sealed record LintRequest(
    Manner Manner, Source Source, TimeSpan Timeout, LintSettings Settings, LintFormat Format, FailOn FailOn)
    : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var isFolder = Source is ManifestSource { IsStandardInput: false, Path: var path } && Directory.Exists(path);
        var (findings, failures) = isFolder
            ? await LintFolderAsync(session, ((ManifestSource)Source).Path, cancellationToken)
            : (await LintAsync(session, Source, cancellationToken), []);
        LintReport.Write(session.Terminal.Out, findings, Format, session.Terminal.OutIsTerminal ? session.Terminal.Width : null);
        session.Terminal.Out.Flush();
        session.Talk.Say(LintReport.Summary(findings.Select(linted => linted.Finding)));
        return failures switch
        {
            [] => Verdict(FailOn, findings.Select(linted => linted.Finding)),
            [var only] => throw new AuthMapException(only),
            _ => throw new AuthMapException(new Failure(
                failures[0].Kind, $"{failures.Count} files cannot be read", [.. failures.Select(failure => failure.Message)], failures[0].Hint)),
        };
    }

    public static ExitCode Verdict(FailOn failOn, IEnumerable<Finding> findings) =>
        findings.Any(finding => failOn == FailOn.Warning || (failOn == FailOn.Error && finding.Rule.Severity == Severity.Error))
            ? ExitCode.Differences
            : ExitCode.Done;

    private async Task<IReadOnlyList<LintedFinding>> LintAsync(Session session, Source source, CancellationToken cancellationToken)
    {
        using var place = session.Connect(source, initialize: false);
        var snapshot = await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(Timeout, cancellationToken);
        if (!snapshot.Exists)
        {
            session.Talk.Note($"{place.Store.Target} has no aws-auth ConfigMap");
            return [];
        }

        var findings = Linter.Lint(AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate), Settings);
        return [.. findings.Select(finding => LintedFinding.Of(finding, source, place.Store.Target, snapshot))];
    }

    // One file that cannot be read does not hide what is found in the others.
    private async Task<(IReadOnlyList<LintedFinding> Findings, IReadOnlyList<Failure> Failures)> LintFolderAsync(
        Session session, string folder, CancellationToken cancellationToken)
    {
        List<LintedFinding> findings = [];
        List<Failure> failures = [];
        var maps = 0;
        foreach (var file in ManifestSearch.Find(folder))
        {
            try
            {
                findings.AddRange(await LintAsync(session, new ManifestSource(file), cancellationToken));
                maps++;
            }
            catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.NotFound)
            {
                // It only mentions aws-auth.
            }
            catch (AuthMapException exception) when (exception.Failure.Kind is FailureKind.Refused or FailureKind.Failed)
            {
                failures.Add(exception.Failure);
            }
        }

        return maps + failures.Count > 0
            ? (findings, failures)
            : throw new AuthMapException(
                FailureKind.NotFound, $"{folder} has no manifest with aws-auth", "files *.yaml, *.yml and *.json are looked at, in its folders, too");
    }
}

/// <summary>Mends what is found, as a change like any other.</summary>
internal sealed record MendRequest(Manner Manner, ChangeSettings Change, MendMap Wish, FailOn FailOn) : Request(Manner)
{
    public override Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        if (Change.Source is ManifestSource { IsStandardInput: false, Path: var path } && Directory.Exists(path))
        {
            throw new AuthMapException(FailureKind.Usage, $"{path} is a directory, and files are mended one by one", "name the manifest in it");
        }

        return ChangeRun.RunAsync(session, Change, [Wish], initialize: false, Judge, cancellationToken);

        ExitCode Judge(Outcome outcome)
        {
            if (outcome.Kind == OutcomeKind.Planned)
            {
                return ExitCode.Done;
            }

            var left = Linter.Lint(outcome.Plan.After, Wish.Settings);
            session.Talk.Say(left.Count == 0
                ? "no findings are left"
                : $"left: {LintReport.Summary(left)}; see {CommandTree.Program} lint{Change.Source.Options}");
            return LintRequest.Verdict(FailOn, left);
        }
    }
}
