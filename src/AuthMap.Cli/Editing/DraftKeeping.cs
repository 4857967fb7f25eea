using AuthMap.Cli.Commands;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;

namespace AuthMap.Cli.Editing;

/// <summary>Sees to it that nothing is lost of what a person typed: what was not written stays in the file, and the file is named.</summary>
internal sealed class DraftKeeping(Session session, ChangeSettings settings, string target, DraftFile file)
{
    // What holds typed work, should the file be lost.
    private (string Text, MapTexts Texts)? _work;

    /// <summary>Whether somebody has typed something.</summary>
    public bool IsTouched { get; set; }

    /// <summary>A text that somebody has typed and that is in the file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="texts">The map that it was made from.</param>
    public void Take(string text, MapTexts texts)
    {
        IsTouched = true;
        _work = (text, texts);
    }

    /// <summary>Puts a text for the editor into the file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="texts">The map that it is made from.</param>
    public void Show(string text, MapTexts texts)
    {
        Put(text, texts);
        _work = IsTouched ? (text, texts) : null;
    }

    /// <summary>Looks at the file after an editor had it.</summary>
    /// <returns>Whether it was changed.</returns>
    public bool LookForChange()
    {
        var isChanged = !file.IsKnown;
        IsTouched |= isChanged;
        return isChanged;
    }

    /// <summary>The change was written, or is not wanted: the file goes.</summary>
    public void Discard()
    {
        if (!file.Remove())
        {
            session.Talk.Warning(file.Exists && !file.IsKnown ? Kept : $"{file.Folder} stays, since the editor has left something there");
        }
    }

    /// <summary>The file was emptied, or has no entry left: what was typed before that stays, and so does what was typed now.</summary>
    /// <param name="more">The lines that are new in the file.</param>
    /// <param name="mark">What lines begin with that are never written.</param>
    /// <returns>False when there was nothing before.</returns>
    public bool TakeBack(IReadOnlyList<string> more, string mark)
    {
        if (_work is not var (text, texts))
        {
            return false;
        }

        var known = text.Split('\n', '\r').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        _work = (text + string.Concat(more.Where(line => !known.Contains(line)).Select(line => $"{(text is [.., not '\n'] ? "\n" : "")}{mark} {line}\n")), texts);
        Restore();
        return true;
    }

    /// <summary>Says where what was typed is, if anything was.</summary>
    /// <param name="isOpen">Whether an editor may have it open, and still save it.</param>
    public void Tell(bool isOpen = false)
    {
        if (!IsTouched && !isOpen)
        {
            Discard();
            return;
        }

        try
        {
            if (!file.Exists && _work is not null)
            {
                Restore();
            }
        }
        catch (AuthMapException exception)
        {
            session.Talk.Warning($"what you typed is lost with {file.Path}: {exception.Message}");
            return;
        }

        if (file.Exists || isOpen)
        {
            session.Talk.Warning(Kept);
        }
        else
        {
            Discard();
        }
    }

    /// <summary>Where what was typed is, and how to go on with it.</summary>
    public string Kept =>
        $"what you typed is in {file.Path}; go on with: {CommandTree.Program} edit --from {ShellWord.Of(file.Path)}{settings.Source.Options}";

    private void Restore()
    {
        var (text, texts) = _work!.Value;
        Put(text, texts);
    }

    // The map comes second: a newer text goes with an older map, but not the other way round, since what others wrote in between would
    // look taken out.
    private void Put(string text, MapTexts texts)
    {
        file.Write(text);
        file.WriteBase(target, texts);
    }
}
