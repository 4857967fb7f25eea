using System.Text;
using AuthMap.Documents;
using AuthMap.Manifests;

namespace AuthMap.Cluster.Manifests;

/// <summary>
/// A text that a person edits, in a folder that is theirs alone, and beside it the map that it was made from: by that, one can go
/// on with a file that was kept without losing what others have written since.
/// </summary>
public sealed class DraftFile
{
    private const string Name = "aws-auth.yaml";
    private const string BaseName = "base.yaml";
    private const string FolderName = "authmap-edit-";
    private const string LabelMark = "# ";
    private const string Hint = "authmap edit names the file that it keeps";

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What it held when it was written or read last.
    private byte[] _known = [];

    private DraftFile(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Whether it is there.</summary>
    public bool Exists => System.IO.Path.Exists(Path);

    /// <summary>The folder that it is in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Whether it holds, byte for byte, what was written to it or read from it last. Times say nothing: editors set them.</summary>
    public bool IsKnown
    {
        get
        {
            try
            {
                return File.ReadAllBytes(Path).AsSpan().SequenceEqual(_known);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private string BasePath => System.IO.Path.Combine(Folder, BaseName);

    /// <summary>Makes a folder for a new one in the folder for temporary files.</summary>
    /// <param name="host">The machine.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: it cannot be made.</exception>
    public static DraftFile Create(HostEnvironment host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var folder = System.IO.Path.Combine(host.TempDirectory, $"{FolderName}{Guid.NewGuid():N}"[..(FolderName.Length + 12)]);
        return Do(folder, () => PrivateFolder.Open(folder)) is { } path
            ? new(System.IO.Path.Combine(path, Name))
            : throw new AuthMapException(FailureKind.Failed, $"{folder} cannot be made yours alone", "TMPDIR names another folder for temporary files");
    }

    /// <summary>Opens one that was kept.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="host">The machine.</param>
    /// <param name="target">The place of the map.</param>
    /// <param name="texts">The map that it was made from.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is no such file, or is for another place;
    /// <see cref="FailureKind.Failed"/>: it cannot be read.</exception>
    public static DraftFile Open(string path, HostEnvironment host, string target, out MapTexts texts)
    {
        ArgumentNullException.ThrowIfNull(host);
        var file = new DraftFile(System.IO.Path.GetFullPath(path, host.WorkingDirectory));
        if (!File.Exists(file.Path))
        {
            throw new AuthMapException(FailureKind.Usage, $"{path} does not exist", Hint);
        }

        var kept = File.Exists(file.BasePath) ? Do(file.BasePath, () => File.ReadAllText(file.BasePath, _strict)) : "";
        if (!kept.StartsWith(LabelMark, StringComparison.Ordinal))
        {
            throw new AuthMapException(
                FailureKind.Usage, $"{path} is no file that an edit has kept: {(kept.Length == 0 ? "" : "its ")}{BaseName} is not beside it", Hint);
        }

        texts = MapTexts.Of(ManifestDocument.Parse(kept, file.BasePath).Data);
        var label = kept.Split('\n')[0];
        return label == Label(target)
            ? file
            : throw new AuthMapException(FailureKind.Usage, $"{path} is an edit of another map: {label[LabelMark.Length..]}, not {target}");
    }

    /// <summary>Writes the map that the text is made from.</summary>
    /// <param name="target">The place of the map.</param>
    /// <param name="texts">The map.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: it cannot be written.</exception>
    public void WriteBase(string target, MapTexts texts)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(texts);
        Write(BasePath, $"{Label(target)}\n{ManifestDocument.Of(texts.Data)}");
    }

    /// <summary>Writes the text, also when an editor has taken the file away with its folder.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: it cannot be written.</exception>
    public void Write(string text)
    {
        _ = Do(Folder, () => Directory.Exists(Folder) ? Folder : PrivateFolder.Open(Folder));
        Write(Path, text);
        _known = _strict.GetBytes(text);
    }

    /// <summary>Reads the text as it is now, also when an editor has put another file in its place.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: it is not UTF-8; <see cref="FailureKind.Failed"/>: it is
    /// gone, or cannot be read.</exception>
    public string Read()
    {
        _known = Do(Path, () => Exists ? File.ReadAllBytes(Path) : throw new FileNotFoundException());
        try
        {
            return _strict.GetString(_known);
        }
        catch (DecoderFallbackException exception)
        {
            throw new AuthMapException(
                new Failure(FailureKind.Refused, $"{Path} is not UTF-8 any longer", "save it as UTF-8 in the editor"), exception);
        }
    }

    /// <summary>Removes it with the folder that was made for it. What cannot be removed stays, and so does a file in any other folder.</summary>
    /// <returns>False where it stays because it is not <see cref="IsKnown"/>, or something else than an editor's copy of it lies
    /// beside it, such as what was rescued when an editor was killed.</returns>
    public bool Remove()
    {
        if (!System.IO.Path.GetFileName(Folder).StartsWith(FolderName, StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            var copy = Path + "~";
            if ((Exists && !IsKnown) || Directory.EnumerateFileSystemEntries(Folder).Except([Path, BasePath, copy]).Any())
            {
                return false;
            }

            File.Delete(Path);
            File.Delete(BasePath);
            File.Delete(copy);
            Directory.Delete(Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in a folder for temporary files, readable by its owner alone.
        }

        return true;
    }

    private static string Label(string target) => LabelMark + target.ReplaceLineEndings(" ");

    // A disk that is full must not cost what was typed before.
    private static void Write(string path, string text) => Do(path, () =>
    {
        PrivateFile.Write(path, stream => stream.Write(_strict.GetBytes(text)), overwrite: true);
        return true;
    });

    private static T Do<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (FileNotFoundException exception)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{path} is gone"), exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new AuthMapException(new Failure(FailureKind.Failed, $"{path} is not UTF-8 any longer"), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(
                new Failure(FailureKind.Failed, $"{path} cannot be read or written: {AtomicFile.Reason(exception)}", "TMPDIR names another folder for temporary files"),
                exception);
        }
    }
}
