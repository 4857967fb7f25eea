using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Confirming;

namespace AuthMap.Cli.Commands;

/// <summary>The option for changes that are undone unless they are confirmed, and how that is talked about.</summary>
internal sealed class ConfirmWithin : Option<string>
{
    public ConfirmWithin()
        : base("--confirm-within")
    {
        HelpName = "DURATION";
        Description = "Undo the change by a way of its own unless you can still enter as before and keep it within this time, such as 2m; "
            + "on a terminal you are asked, elsewhere and with --yes a good try is enough. Takes Kubernetes 1.28; who enters without "
            + "aws-auth learns nothing about others; a Role and RoleBinding are not undone";
    }

    /// <summary>The window; null when the option is not given.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: no sensible time, or nobody to be locked out.</exception>
    public TimeSpan? Read(ParseResult parsed, Source source)
    {
        if (parsed.GetValue(this) is not { } typed)
        {
            return null;
        }

        var window = GoDuration.Parse(Name, typed);
        Usage.Forbid(window < ConfirmOptions.Shortest, $"{Name} is {typed}, in which nothing can be tried", "give it at least 10s; 2m is usual");
        Usage.Forbid(window > ConfirmOptions.Longest, $"{Name} is {typed}, which is more than an hour");
        Usage.Forbid(source is ManifestSource, $"{Name} is for clusters: nobody enters by a manifest");
        return window;
    }

    /// <summary>How a change is confirmed here.</summary>
    public static ConfirmOptions Options(Session session, ChangeSettings settings, TimeSpan window, string target)
    {
        ManualWay? manual = null;
        return new(window)
        {
            Ask = session.Terminal.HasPerson && !settings.Yes
                ? (entered, left, cancellationToken) => Question.AskAsync(
                    session,
                    [$"= {target}: you are still in as {EntranceWords.Of(entered)}"],
                    $"keep the change? [y/N] (undone by itself in {ConfirmOptions.Words(left)})",
                    cancellationToken)
                : null,
            Say = notice => session.Talk.Notices([notice]),
            Announce = way => Tell(manual = way, "should this be killed"),
            Protect = () => session.Interruption?.Hold(
                () => session.Talk.Warning($"{target} is still being put back as it was; once more ends this at once"),
                () =>
                {
                    if (manual is not null)
                    {
                        Tell(manual, "ended before it was done");
                    }
                }),
        };

        void Tell(ManualWay way, string when)
        {
            session.Talk.Warning($"{when}, undo the change to {target} yourself, {way.Until}, even when you are locked out:");
            session.Talk.Relay($"  {Printable.Line(way.Command)}\n");
        }
    }

    /// <summary>Says what a dry run does not show.</summary>
    public static void Preview(Session session, TimeSpan window) => session.Talk.Note(
        $"without --dry-run it would be undone unless it is confirmed within {ConfirmOptions.Words(window)}; for that a service account "
        + "that may patch aws-auth would be made in kube-system, and removed again");
}
