using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Documents.Readable;
using AuthMap.Editing;
using AuthMap.Linting;
using AuthMap.Merging;
using AuthMap.Planning;

namespace AuthMap.Cli.Editing;

/// <summary>Opens the map in an editor until what was written can be taken, is taken back, or fails for good.</summary>
internal sealed class EditLoop(Session session, ChangeSettings settings, ConnectedPlace place, EditorProgram editor, DraftFile file)
{
    // Without a person nothing else ends an editor that makes another change, and another mistake, each time.
    private const int RoundsWithoutPerson = 10;

    private static readonly TimeSpan _atOnce = TimeSpan.FromSeconds(1);

    private readonly Talk _talk = session.Talk;
    private readonly string _target = place.Store.Target;
    private bool _isTouched;

    /// <summary>Edits the map.</summary>
    /// <param name="texts">The map as it is, or as it was when the file was begun.</param>
    /// <param name="typed">What was typed before; null to begin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ExitCode> RunAsync(MapTexts texts, string? typed, CancellationToken cancellationToken)
    {
        _isTouched = typed is not null;
        try
        {
            var outcome = await EditAsync(texts, typed, cancellationToken);
            if (outcome is not { Kind: OutcomeKind.Declined or OutcomeKind.Planned })
            {
                file.Remove();
            }

            return outcome is null ? ExitCode.Done : Conclude(outcome);
        }
        catch (OperationCanceledException)
        {
            // What the editor has not saved yet it may still save.
            _talk.Warning(Kept);
            throw;
        }
        catch (Exception)
        {
            if (_isTouched)
            {
                _talk.Warning(Kept);
            }
            else
            {
                file.Remove();
            }

            throw;
        }
    }

    private string Kept =>
        $"what you typed is in {file.Path}; go on with: {CommandTree.Program} edit --from {ShellWord.Of(file.Path)}{settings.Source.Options}";

    private ExitCode Conclude(Outcome outcome)
    {
        var code = ChangeRun.Report(session, settings, place, outcome, _ => ExitCode.Done);
        if (outcome.Kind == OutcomeKind.Declined)
        {
            _talk.Warning(Kept);
        }
        else if (outcome.Kind == OutcomeKind.Planned)
        {
            _talk.Note(Kept);
        }

        return code;
    }

    /// <returns>How the change ended; null when there was none.</returns>
    private async Task<Outcome?> EditAsync(MapTexts texts, string? typed, CancellationToken cancellationToken)
    {
        var map = ReadableMap.Of(texts);
        var body = typed is null ? map.Body : map.Read(typed).Body;
        Complaint? complaint = null;
        for (var round = 1; ; round++)
        {
            var (shown, places) = map.Frame(body, EditHeader.Lines(map, texts, _target, complaint), complaint?.Faults ?? []);
            var failure = complaint?.FailureIn(file.Path, places);
            if (failure is not null)
            {
                if (round > RoundsWithoutPerson && !session.Terminal.HasPerson)
                {
                    throw new AuthMapException(failure);
                }

                _talk.Say($"opening the editor again: {failure.Message}");
            }

            file.WriteBase(_target, texts);
            file.Write(shown);
            var (saved, wasQuick) = await OpenAsync(cancellationToken);
            var draft = map.Read(saved);
            if (failure is not null && draft.Body == map.Read(shown).Body)
            {
                throw new AuthMapException(failure);
            }

            body = draft.Body;
            if (draft.IsEmpty || !_isTouched || (draft.Texts?.IsSameAs(texts) ?? false))
            {
                TellUnchanged(wasQuick);
                return null;
            }

            var (outcome, reason) = draft.Texts is { } wanted
                ? await TryAsync(texts, wanted, draft, cancellationToken)
                : (null, new(new(FailureKind.Refused, "the file cannot be read"), draft.Faults));
            if (reason is null)
            {
                return outcome;
            }

            complaint = reason;
            if (reason.Merged is var (now, merged))
            {
                (texts, map, body) = (now, ReadableMap.Of(now), ReadableMap.Of(merged).Body);
            }
        }
    }

    private async Task<(string Saved, bool WasQuick)> OpenAsync(CancellationToken cancellationToken)
    {
        var (start, written) = (session.Clock.GetTimestamp(), file.Written);
        try
        {
            await editor.RunAsync(file.Path, cancellationToken);
        }
        finally
        {
            _isTouched |= file.Written != written;
        }

        return (file.Read(), file.Written == written && session.Clock.GetElapsedTime(start) < _atOnce);
    }

    private void TellUnchanged(bool wasQuick)
    {
        if (wasQuick)
        {
            _talk.Note($"{editor.Name} returned at once; if it opens a window, it needs an option to wait, such as code --wait");
        }

        _talk.Say($"{_target}: nothing changed");
    }

    /// <returns>How the change ended, or why to open the file again.</returns>
    private async Task<(Outcome? Outcome, Complaint? Again)> TryAsync(
        MapTexts texts, MapTexts wanted, ReadableDraft draft, CancellationToken cancellationToken)
    {
        var findings = NewFindings(texts, wanted);
        foreach (var finding in findings)
        {
            _talk.Warning($"{finding.Key} line {finding.Position.Line}: {Words(finding)}");
        }

        var again = false;
        try
        {
            var outcome = await ChangeRun.ApplyAsync(
                session, settings, place, [new ReplaceTexts(wanted, texts, Merge: true)], summary: null, ApproveAsync, cancellationToken);
            return again ? (null, new(null, [.. findings.Select(finding => Fault(finding, draft))])) : (outcome, null);
        }
        catch (AuthMapException exception) when (exception.Failure is { Kind: FailureKind.Refused })
        {
            return (null, new(exception.Failure, []));
        }
        catch (AuthMapException exception) when (exception.Failure is { Kind: FailureKind.Conflict })
        {
            var now = MapTexts.Of((await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(settings.Timeout, cancellationToken)).Data);
            MapMerge.Merge(texts, wanted, now, out var overlaps);
            if (overlaps.Count == 0)
            {
                throw;
            }

            // Where both changed the same, what was typed here is what stands in the file.
            var merged = MapMerge.MergeForReview(texts, wanted, now);
            return (null, new(exception.Failure with { Hint = null }, []) { Merged = (now, merged), More = [.. EditHeader.WhatChanged(texts, now)] });
        }

        async ValueTask<bool> ApproveAsync(Plan plan, CancellationToken cancelled)
        {
            var name = settings.Source is ManifestSource ? _target : "kube-system/aws-auth";
            if (settings.Yes || !session.Terminal.HasPerson)
            {
                _talk.Say((output, palette) => DiffText.Write(output, palette, plan, name, version: null));
                return true;
            }

            _talk.Show((output, palette) => DiffText.Write(output, palette, plan, name, version: null));
            var answer = await Question.ReadAsync(session, AccessText.Lines(plan), $"write this to {_target}? [y/N, e to edit again]", cancelled);
            again = answer is "E" or "EDIT";
            return answer is "Y" or "YES";
        }
    }

    private static List<Finding> NewFindings(MapTexts before, MapTexts after)
    {
        var settings = new LintSettings();
        var known = Linter.Lint(AwsAuthDocument.Parse(before.Data), settings).CountBy(Kind).ToDictionary();
        return
        [
            .. Linter.Lint(AwsAuthDocument.Parse(after.Data), settings)
                .Where(finding => !known.TryGetValue(Kind(finding), out var count) || (known[Kind(finding)] = count - 1) < 0),
        ];

        static (string Rule, string Key, string Message) Kind(Finding finding) => (finding.Rule.Id, finding.Key, finding.Message);
    }

    private static string Words(Finding finding) => $"{finding.Message} ({finding.Rule.Id}); {finding.Remedy}";

    private static DraftFault Fault(Finding finding, ReadableDraft draft) =>
        new(draft.Place(SectionKeys.All.First(key => key.Name() == finding.Key), finding.Position), Words(finding)) { IsWarning = true };
}
