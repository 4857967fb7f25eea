using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Carries out the wishes of any verb that changes the map.</summary>
internal static class ChangeRun
{
    public static Task<ExitCode> RunAsync(
        Session session, ChangeSettings settings, IReadOnlyList<Edit> edits, bool initialize, CancellationToken cancellationToken) =>
        RunAsync(session, settings, edits, initialize, _ => ExitCode.Done, cancellationToken);

    /// <param name="session">What it runs in.</param>
    /// <param name="settings">How.</param>
    /// <param name="edits">The wishes.</param>
    /// <param name="initialize">Whether a manifest without aws-auth gets one.</param>
    /// <param name="judge">Says how the program ends, unless differences were asked for and found.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ExitCode> RunAsync(
        Session session,
        ChangeSettings settings,
        IReadOnlyList<Edit> edits,
        bool initialize,
        Func<Outcome, ExitCode> judge,
        CancellationToken cancellationToken)
    {
        Planner.Check(edits);
        using var place = session.Connect(settings.Source, initialize);
        var editor = new AwsAuthEditor(place.Store, session.Clock);
        var outcome = await editor.ApplyAsync(edits, new EditorOptions(settings.Timeout, settings.DryRun), cancellationToken);
        if (place.Store is StdinManifestStore manifest && !settings.DryRun)
        {
            await session.Terminal.RawOut.WriteAsync(manifest.Result, cancellationToken);
        }

        new PlanReport(session, settings, place.Store.Target).Write(outcome);
        return outcome.Kind == OutcomeKind.Planned && settings.ExitCode ? ExitCode.Differences : judge(outcome);
    }
}
