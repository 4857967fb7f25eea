using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Carries out the wishes of any verb that changes the map.</summary>
internal static class ChangeRun
{
    public static async Task<ExitCode> RunAsync(
        Session session, ChangeSettings settings, IReadOnlyList<Edit> edits, bool initialize, CancellationToken cancellationToken)
    {
        Planner.Check(edits);
        using var place = session.Connect(settings.Source, initialize);
        var editor = new AwsAuthEditor(place.Store, session.Clock);
        var options = new EditorOptions(settings.Timeout, settings.DryRun, Force: settings.Force);
        var outcome = await editor.ApplyAsync(edits, options, cancellationToken);
        if (place.Store is StdinManifestStore manifest && !settings.DryRun)
        {
            await session.Terminal.RawOut.WriteAsync(manifest.Result, cancellationToken);
        }

        new PlanReport(session, settings, place.Store.Target).Write(outcome);
        return outcome.Kind == OutcomeKind.Planned && settings.ExitCode ? ExitCode.Differences : ExitCode.Done;
    }
}
