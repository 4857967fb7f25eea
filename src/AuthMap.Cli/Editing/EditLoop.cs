using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Documents.Readable;
using AuthMap.Editing;

namespace AuthMap.Cli.Editing;

/// <summary>Opens the map in an editor until what was written can be taken, is taken back, or fails for good.</summary>
internal sealed class EditLoop(Session session, ChangeSettings settings, ConnectedPlace place, EditorProgram editor, DraftFile file)
{
    private readonly Talk _talk = session.Talk;
    private readonly string _target = place.Store.Target;
    private readonly DraftTrial _trial = new(session, settings, place);
    private readonly DraftKeeping _keeping = new(session, settings, place.Store.Target, file);

    /// <summary>Edits the map.</summary>
    /// <param name="texts">The map as it is, or as it was when the file was begun.</param>
    /// <param name="goesOn">Whether the file holds already what was typed before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ExitCode> RunAsync(MapTexts texts, bool goesOn, CancellationToken cancellationToken)
    {
        Outcome? outcome;
        try
        {
            outcome = await EditAsync(texts, goesOn, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What the editor has not saved yet it may still save.
            _keeping.Tell(isOpen: true);
            throw;
        }
        catch (Exception)
        {
            _keeping.Tell();
            throw;
        }

        return outcome is null ? ExitCode.Done : Conclude(outcome);
    }

    private ExitCode Conclude(Outcome outcome)
    {
        if (outcome.Kind is not (OutcomeKind.Declined or OutcomeKind.Planned))
        {
            _keeping.Discard();
        }

        var code = ChangeRun.Report(session, settings, place, outcome, _ => ExitCode.Done);
        if (outcome.Kind == OutcomeKind.Declined)
        {
            _talk.Warning(_keeping.Kept);
        }
        else if (outcome.Kind == OutcomeKind.Planned)
        {
            _talk.Note(_keeping.Kept);
        }

        return code;
    }

    /// <returns>How the change ended; null when there was none.</returns>
    private async Task<Outcome?> EditAsync(MapTexts texts, bool goesOn, CancellationToken cancellationToken)
    {
        var map = ReadableMap.Of(texts);
        var body = map.Body;
        var complaint = goesOn ? GoOn(texts) : null;
        while (true)
        {
            string? shown = null;
            var failure = complaint?.Failure;
            if (!goesOn && complaint is not { IsNoText: true })
            {
                (shown, var faults) = map.Frame(body, EditHeader.Lines(map, texts, _target, complaint), complaint?.Faults ?? []);
                failure = complaint?.FailureIn(file.Path, faults);
                _keeping.Show(shown, texts);
            }

            if (failure is not null && !goesOn)
            {
                // Nobody is there to mend it.
                if (!session.Terminal.HasPerson)
                {
                    throw new AuthMapException(failure);
                }

                _talk.Say($"opening the editor again: {failure.Message}");
            }

            goesOn = false;
            var isChanged = await OpenAsync(cancellationToken);
            if (failure is not null && !isChanged)
            {
                throw new AuthMapException(failure);
            }

            if (!TryRead(out var saved, out complaint))
            {
                continue;
            }

            var draft = map.Read(saved);
            if (failure is not null && shown is not null && draft.Body == map.Read(shown).Body)
            {
                throw new AuthMapException(failure);
            }

            if (draft.IsEmpty || !_keeping.IsTouched || (draft.Texts?.IsSameAs(texts) ?? false))
            {
                shown ??= map.Frame(map.Body, EditHeader.Lines(map, texts, _target, complaint: null), []).Text;
                var more = More(saved, shown + map.Body);
                EndUnchanged(isKept: (draft.IsEmpty && _keeping.TakeBack(more, map.Mark)) || more.Count > 0);
                return null;
            }

            _keeping.Take(saved, texts);
            body = draft.Body;
            (var outcome, complaint) = draft.Texts is { } wanted
                ? await _trial.RunAsync(texts, wanted, draft, cancellationToken)
                : (null, new(new(FailureKind.Refused, "the file cannot be read"), draft.Faults));
            if (complaint is null)
            {
                return outcome;
            }

            if (complaint.Merged is var (now, merged))
            {
                (texts, map, body) = (now, ReadableMap.Of(now), ReadableMap.Of(merged).Body);
            }
        }
    }

    private async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        bool isChanged;
        try
        {
            await editor.RunAsync(file.Path, cancellationToken);
        }
        finally
        {
            isChanged = _keeping.LookForChange();
        }

        if (!isChanged)
        {
            _talk.Note($"{editor.Name} left the file as it was; if it opens a window of its own, it needs an option to wait, such as code --wait");
        }

        return isChanged;
    }

    // What is no text cannot be shown with a message in it, so the file is opened again as it is.
    private bool TryRead(out string saved, out Complaint? complaint)
    {
        try
        {
            (saved, complaint) = (file.Read(), null);
            return true;
        }
        catch (AuthMapException exception) when (exception.Failure is { Kind: FailureKind.Refused })
        {
            (saved, complaint) = ("", new(exception.Failure, []) { IsNoText = true });
            return false;
        }
    }

    private Complaint? GoOn(MapTexts texts)
    {
        _keeping.IsTouched = true;
        if (TryRead(out var typed, out var complaint))
        {
            _keeping.Take(typed, texts);
        }

        return complaint;
    }

    private void EndUnchanged(bool isKept)
    {
        if (isKept)
        {
            _talk.Warning(_keeping.Kept);
        }
        else
        {
            _keeping.Discard();
        }

        _talk.Say($"{_target}: nothing changed");
    }

    // The lines that were not shown, be they such as are never written.
    private static List<string> More(string typed, string shown)
    {
        var known = Lines(shown).ToHashSet(StringComparer.Ordinal);
        return [.. Lines(typed).Where(line => line.Length > 0 && !known.Contains(line))];

        static IEnumerable<string> Lines(string text) => text.Split('\n', '\r').Select(line => line.Trim(' ', '\uFEFF'));
    }
}
