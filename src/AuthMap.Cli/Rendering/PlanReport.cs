using AuthMap.Cli.Commands;
using AuthMap.Editing;
using AuthMap.Planning;

namespace AuthMap.Cli.Rendering;

/// <summary>How a finished change is told: the plan or the diff on stdout, what happened on stderr.</summary>
internal sealed class PlanReport(Session session, ChangeSettings settings, string target)
{
    private readonly Talk _talk = session.Talk;

    public void Write(Outcome outcome)
    {
        var warnings = Tell(outcome);
        if (outcome.Kind == OutcomeKind.Declined)
        {
            _talk.Say($"{target}: left as it was");
            return;
        }

        if (outcome is { Kind: OutcomeKind.Written, Read.Exists: false } && settings.Source is not ManifestSource)
        {
            _talk.Note("the ConfigMap kube-system/aws-auth is new: nobody was mapped before, nodes included");
        }

        if (settings.Format is { } format)
        {
            try
            {
                session.Terminal.Out.Write(Structured(outcome, warnings, format));

                // As a whole, before the lines on stderr that follow: both may go to one file. And at once: there may be something
                // left to decide.
                session.Terminal.Out.Flush();
            }
            catch (AuthMapException exception) when (outcome.Kind == OutcomeKind.Written && settings.ConfirmWithin is null)
            {
                // One that is to be confirmed is undone.
                WriteChanges(outcome.Plan);
                throw new AuthMapException(exception.Failure with { Details = ["the change was written all the same"] }, exception);
            }
        }

        if (outcome.Kind != OutcomeKind.Planned)
        {
            WriteChanges(outcome.Plan);
        }
        else if (settings.Format is null)
        {
            WritePreview(outcome);
        }

        if (settings.DryRun)
        {
            _talk.Say("dry run: nothing was written");
        }
        else if (outcome.Kind == OutcomeKind.Written && settings.Source is not ManifestSource
            && outcome.Plan.Changes.Any(change => change.Action == ChangeAction.Removed))
        {
            _talk.Note("tokens that the server has seen lately may still work for about two minutes");
        }
    }

    /// <summary>Shows what a plan would change, as the answer to a question.</summary>
    public void WriteDiff(Outcome outcome, DiffFormat format)
    {
        var warnings = Tell(outcome);
        var output = session.Terminal.Out;
        switch (format)
        {
            case DiffFormat.Json:
                output.Write(Structured(outcome, warnings, StructuredFormat.Json));
                break;
            case DiffFormat.Markdown:
                DiffMarkdown.Write(output, outcome, target, settings.Source is ManifestSource ? null : outcome.Read.Version, warnings);
                break;
            default:
                if (outcome.Plan.Steps.Count > 0)
                {
                    WritePreview(outcome);
                }

                break;
        }

        output.Flush();
        _talk.Say($"{target}: {ChangeLines.Prospect(outcome.Plan)}");
    }

    // Warnings and notes, which stand above everything else; the warnings once more for the plan's own text.
    private List<string> Tell(Outcome outcome)
    {
        var warnings = Warnings(outcome).ToList();
        foreach (var warning in warnings)
        {
            _talk.Warning(warning);
        }

        _talk.Notices(Notices(outcome).Where(notice => notice.Level == NoticeLevel.Note));
        return warnings;
    }

    private void WriteChanges(Plan plan)
    {
        IEnumerable<string> lines =
        [
            .. plan.Objects.Where(change => !change.IsWithdrawal).Select(ChangeLines.Of),
            .. plan.Changes.SelectMany(ChangeLines.Of),
            .. plan.Objects.Where(change => change.IsWithdrawal).Select(ChangeLines.Of),
        ];
        foreach (var line in lines)
        {
            _talk.SaySigned(line);
        }

        _talk.Say($"{target}: {ChangeLines.Summary(plan)}");
    }

    private void WritePreview(Outcome outcome)
    {
        var output = session.Terminal.Out;
        var (name, version) = settings.Source is ManifestSource ? (target, null) : ("kube-system/aws-auth", outcome.Read.Version);
        if (outcome.Plan.WritesMap)
        {
            DiffText.Write(output, _talk.OutPalette, outcome.Plan, name, version);
            output.WriteLine();
        }

        WriteObjects(output, outcome.Plan);
        var access = AccessText.Lines(outcome.Plan).ToList();
        output.WriteLine(access.Count > 0 ? "access:" : "access: unchanged");
        foreach (var line in access)
        {
            output.WriteLine($"  {_talk.OutPalette.Signed(line[0] == '!' ? '-' : line[0], Printable.Line(line))}");
        }

        // What comes next on stderr belongs below this.
        output.Flush();
    }

    private void WriteObjects(TextWriter output, Plan plan)
    {
        var changes = plan.Steps.OfType<WriteObject>().Select(step => ChangeLines.Of(step.Change)).ToList();
        if (changes.Count > 0)
        {
            output.WriteLine("objects:");
            foreach (var line in changes)
            {
                output.WriteLine($"  {_talk.OutPalette.Signed(line[0], Printable.Line(line))}");
            }

            output.WriteLine();
        }
    }

    private IEnumerable<Notice> Notices(Outcome outcome) =>
        [.. outcome.Plan.Notices, .. outcome.Notices, .. ModeNotice.OfChange(outcome, target)];

    private IEnumerable<string> Warnings(Outcome outcome) =>
    [
        .. Places.Faults(outcome.Read, target, outcome.Plan.Before),
        .. Notices(outcome).Where(notice => notice.Level == NoticeLevel.Warning).Select(notice => Talk.Words(notice, settings.Source)),
        .. outcome.Kind == OutcomeKind.NothingToDo || !outcome.Plan.WritesMap
            ? []
            : outcome.Read.OtherOwners.Select(owner =>
                $"{owner} also writes this map and will overwrite the change unless it is made there, too"),
    ];

    private string Structured(Outcome outcome, IReadOnlyList<string> warnings, StructuredFormat format)
    {
        var version = settings.Source is ManifestSource ? null : outcome.Version ?? outcome.Read.Version;
        return StructuredText.Of(json => PlanJson.Write(json, outcome.Plan, target, version, warnings, settings.DryRun), format);
    }
}
