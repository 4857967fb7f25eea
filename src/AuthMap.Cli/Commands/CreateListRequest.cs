using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>Adds or updates the mappings that a file lists, in one write.</summary>
internal sealed record CreateListRequest(Manner Manner, ChangeSettings Settings, string File, bool KeepPath, bool Init) : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var lists = await ListFiles.ReadAsync(File, session.Terminal.In, KeepPath, cancellationToken);
        session.Talk.Notices(lists.SelectMany(list => list.Notices));
        var settings = Settings with { Source = FileSource.Choose(Settings.Source, lists, File, session.Talk) };
        IReadOnlyList<Edit> edits = [.. lists.SelectMany(list => list.Wishes)];
        if (edits.Count == 0)
        {
            session.Talk.Note($"{File} lists no identity mappings");
            return ExitCode.Done;
        }

        return await ChangeRun.RunAsync(session, settings, edits, Init, cancellationToken);
    }
}
