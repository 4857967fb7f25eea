using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Backups;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Manifests;
using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.History;
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
        return await CarryOutAsync(session, settings, place, edits, summary: null, judge, cancellationToken);
    }

    /// <param name="session">What it runs in.</param>
    /// <param name="settings">How.</param>
    /// <param name="place">The place of the map.</param>
    /// <param name="edits">The wishes.</param>
    /// <param name="summary">What is done, for the history; null when the changes say it themselves.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<ExitCode> RunAsync(
        Session session,
        ChangeSettings settings,
        ConnectedPlace place,
        IReadOnlyList<Edit> edits,
        string? summary,
        CancellationToken cancellationToken) =>
        CarryOutAsync(session, settings, place, edits, summary, _ => ExitCode.Done, cancellationToken);

    private static async Task<ExitCode> CarryOutAsync(
        Session session,
        ChangeSettings settings,
        ConnectedPlace place,
        IReadOnlyList<Edit> edits,
        string? summary,
        Func<Outcome, ExitCode> judge,
        CancellationToken cancellationToken)
    {
        var approve = Confirmation.For(session, settings, place.Store.Target);
        var outcome = await ApplyAsync(session, settings, place, edits, summary, approve, cancellationToken);
        if (place.Store is StdinManifestStore manifest && !settings.DryRun)
        {
            await session.Terminal.RawOut.WriteAsync(manifest.Result, cancellationToken);
        }

        return Report(session, settings, place, outcome, judge);
    }

    /// <summary>Carries them out. Nothing is said yet, but for a change that is to be confirmed.</summary>
    /// <param name="session">What it runs in.</param>
    /// <param name="settings">How.</param>
    /// <param name="place">The place of the map.</param>
    /// <param name="edits">The wishes.</param>
    /// <param name="summary">What is done, for the history; null when the changes say it themselves.</param>
    /// <param name="approve">Asks a person; null asks nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<Outcome> ApplyAsync(
        Session session,
        ChangeSettings settings,
        ConnectedPlace place,
        IReadOnlyList<Edit> edits,
        string? summary,
        Func<Plan, CancellationToken, ValueTask<bool>>? approve,
        CancellationToken cancellationToken)
    {
        var isCluster = settings.Source is not ManifestSource;
        var options = new EditorOptions(settings.Timeout, settings.DryRun, approve, settings.Force)
        {
            Tell = note => session.Talk.Notices([note]),
            Recorder = isCluster && settings.History ? RecorderOf(session, summary) : null,
            Turns = isCluster ? TurnsOf(session, settings, place.Store) : null,
            Backup = isCluster && settings.Backup ? read => BackupsOf(session, place.Store).Keep(read) : null,
        };
        if (settings.ConfirmWithin is not { } window)
        {
            return new AwsAuthEditor(place.Store, session.Clock).ApplyAsync(edits, options, cancellationToken);
        }

        var confirm = ConfirmWithin.Options(session, settings, window, place.Store.Target);
        var report = new PlanReport(session, settings, place.Store.Target);
        return new ConfirmedChange(place.Store, session.Clock, confirm).ApplyAsync(edits, options, report.Write, cancellationToken);
    }

    /// <summary>Sees to it before a person does any work that a change could be confirmed, where it is to be; after a read. A dry run
    /// says so at its end.</summary>
    /// <exception cref="AuthMapException">It could not.</exception>
    public static Task CheckAsync(Session session, ChangeSettings settings, ConnectedPlace place, CancellationToken cancellationToken) =>
        settings is { ConfirmWithin: { } window, DryRun: false }
            ? new ConfirmedChange(place.Store, session.Clock, new(window)).CheckAsync(settings.Timeout, cancellationToken)
            : Task.CompletedTask;

    // The ARN of an EKS cluster is known only once it has been read; its name and region do for a courtesy.
    private static WriterTurns TurnsOf(Session session, ChangeSettings settings, IAwsAuthStore store) =>
        new(session.Host, session.Clock, settings.Source is ClusterSource ? store.Target : store.Identity);

    /// <summary>Tells how it ended, to the person and by the exit code.</summary>
    public static ExitCode Report(
        Session session, ChangeSettings settings, ConnectedPlace place, Outcome outcome, Func<Outcome, ExitCode> judge)
    {
        if (settings.ConfirmWithin is not null && outcome is { Kind: OutcomeKind.Written, Plan.WritesMap: true })
        {
            // The rest was told when it was written.
            session.Talk.Say($"{place.Store.Target}: confirmed");
        }
        else
        {
            new PlanReport(session, settings, place.Store.Target).Write(outcome);
        }

        if (settings is { DryRun: true, ConfirmWithin: { } window } && outcome.Plan.WritesMap)
        {
            ConfirmWithin.Preview(session, window);
        }

        return outcome.Kind switch
        {
            OutcomeKind.Declined => ExitCode.Failed,
            OutcomeKind.Planned when settings.ExitCode => ExitCode.Differences,
            _ => judge(outcome),
        };
    }

    /// <summary>Where copies of a map are kept on this machine.</summary>
    public static BackupFolder BackupsOf(Session session, IAwsAuthStore store) =>
        new(session.Host, session.Clock, store.Identity, session.Talk.Technical);

    private static Recorder RecorderOf(Session session, string? summary)
    {
        var user = session.Host["USER"] ?? session.Host["LOGNAME"] ?? session.Host["USERNAME"];
        var machine = session.Host.MachineName;
        return new(machine.Length == 0 ? user ?? "" : $"{user}@{machine}", $"{CommandTree.Program} {VersionRequest.Version}", summary);
    }
}
