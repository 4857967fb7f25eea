using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Documents.Readable;
using AuthMap.Editing;
using AuthMap.Linting;
using AuthMap.Merging;
using AuthMap.Planning;

namespace AuthMap.Cli.Editing;

/// <summary>Takes what a person wrote: it is linted, guarded, shown, and written when they say yes.</summary>
internal sealed class DraftTrial(Session session, ChangeSettings settings, ConnectedPlace place)
{
    private readonly Talk _talk = session.Talk;
    private readonly string _target = place.Store.Target;

    /// <summary>Writes it, unless something is wrong with it or the person says no.</summary>
    /// <param name="texts">The map that it was made from.</param>
    /// <param name="wanted">The map that it stands for.</param>
    /// <param name="draft">Where that stands in the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How the change ended, or why to open the file again.</returns>
    public async Task<(Outcome? Outcome, Complaint? Again)> RunAsync(
        MapTexts texts, MapTexts wanted, ReadableDraft draft, CancellationToken cancellationToken)
    {
        var findings = NewFindings(texts, wanted);
        if (!settings.Force && findings.Exists(IsError))
        {
            return (null, new(
                new(FailureKind.Refused, "there are mistakes in it", "--force writes it all the same"),
                [.. findings.Select(finding => Fault(finding, draft) with { IsWarning = !IsError(finding) })]));
        }

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

            // Where both changed the same, what was typed here is what stands in the file; nothing else of theirs may be missing there.
            return MapMerge.MergeForReview(texts, wanted, now) is { } merged
                ? (null, new(exception.Failure with { Hint = null }, []) { Merged = (now, merged), More = [.. EditHeader.WhatChanged(texts, now)] })
                : throw new AuthMapException(
                    exception.Failure with { Hint = $"open a new {CommandTree.Program} edit, and copy into it what you typed" }, exception);
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

    private static bool IsError(Finding finding) => finding.Rule.Severity == Severity.Error;

    private static string Words(Finding finding) => $"{finding.Message} ({finding.Rule.Id}); {finding.Remedy}";

    private static DraftFault Fault(Finding finding, ReadableDraft draft) =>
        new(draft.Place(SectionKeys.All.First(key => key.Name() == finding.Key), finding.Position), Words(finding)) { IsWarning = true };
}
