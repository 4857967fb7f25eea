using AuthMap.Editing;
using AuthMap.Manifests;

namespace AuthMap.Cluster.Manifests;

/// <summary>A manifest as it was read.</summary>
/// <param name="Document">The manifest; with <c>--init</c>, as it would be with an empty aws-auth in it.</param>
/// <param name="Version">The version of the bytes that were read; <see cref="Absent"/> when there was no file.</param>
/// <param name="Made">Whether the aws-auth is not in the file yet.</param>
internal sealed record ManifestState(ManifestDocument Document, string Version, bool Made)
{
    /// <summary>The version of a file that does not exist.</summary>
    public const string Absent = "absent";

    /// <summary>Reads a manifest.</summary>
    /// <param name="content">What was read; null when there is no file, which only <paramref name="init"/> allows.</param>
    /// <param name="fileName">The file's name in messages.</param>
    /// <param name="init">Whether a missing aws-auth counts as an empty one.</param>
    public static ManifestState Read(ManifestBytes? content, string fileName, bool init)
    {
        var text = init ? ManifestDocument.Init(content?.Text, fileName) : content!.Text;
        return new(ManifestDocument.Parse(text, fileName), content?.Version ?? Absent, text != content?.Text);
    }

    /// <summary>The manifest after a write.</summary>
    /// <exception cref="AuthMapException">The write cannot be done on a manifest.</exception>
    public ManifestEdit With(WriteRequest write) => write.Removed.Count == 0
        ? Document.With(write.Data)
        : throw new AuthMapException(FailureKind.Refused, $"{string.Join(", ", write.Removed)} cannot be taken out of a manifest", "edit the file");

    /// <summary>What to say beside the plan about a write.</summary>
    /// <exception cref="AuthMapException">The write cannot be done on a manifest.</exception>
    public IReadOnlyList<Notice> Preview(WriteRequest write)
    {
        const string Replaces = "this aws-auth is new: applying it replaces the whole map of a cluster, its nodes' mappings included";
        var notices = With(write).Notices;
        return Made ? [Notice.Warning(Replaces), .. notices] : notices;
    }

    /// <summary>What the editor loop sees of it.</summary>
    public Snapshot ToSnapshot() => new()
    {
        Exists = true,
        Data = Document.Data,
        Version = Version,
        Locate = Document.Locate,
        LocateByName = Document.Locate,
    };
}
