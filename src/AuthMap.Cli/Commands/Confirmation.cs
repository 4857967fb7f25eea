using AuthMap.Cli.Rendering;
using AuthMap.Guarding;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>The question before access is taken away.</summary>
internal static class Confirmation
{
    /// <summary>What asks the person; null where nobody is there, nobody is to be asked, or nothing is written anyway.</summary>
    public static Func<Plan, CancellationToken, ValueTask<bool>>? For(Session session, ChangeSettings settings, string target) =>
        settings is { Yes: false, DryRun: false, Source: not ManifestSource { IsStandardInput: true } } && session.Terminal.HasPerson
            ? (plan, cancellationToken) => AskAsync(session, plan, target, cancellationToken)
            : null;

    private static async ValueTask<bool> AskAsync(Session session, Plan plan, string target, CancellationToken cancellationToken)
    {
        if (!Guard.TakesAway(plan))
        {
            return true;
        }

        var access = AccessText.Lines(plan).ToList();
        var facts = access.Count > 0 ? access : plan.Changes.SelectMany(ChangeLines.Of);
        return await AskAsync(session, facts, $"write this to {target}? [y/N]", cancellationToken) is "Y" or "YES";
    }

    /// <summary>Asks the person at the terminal.</summary>
    /// <returns>The answer, in capitals; empty for none.</returns>
    public static async Task<string> AskAsync(
        Session session, IEnumerable<string> facts, string question, CancellationToken cancellationToken)
    {
        session.Talk.Ask(facts, question);
        string? answer = null;
        try
        {
            // A read from a terminal cannot be cancelled; the wait for it can.
            answer = await Task.Run(session.Terminal.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        }
        finally
        {
            if (answer is null)
            {
                // Nobody has ended the line.
                session.Talk.Relay("\n");
            }
        }

        return answer?.Trim().ToUpperInvariant() ?? "";
    }
}
