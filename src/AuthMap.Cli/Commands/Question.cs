namespace AuthMap.Cli.Commands;

/// <summary>A question to the person at the terminal.</summary>
internal static class Question
{
    /// <summary>Asks; whatever is not a yes is a no, the end of the input included.</summary>
    /// <param name="session">Whom to ask.</param>
    /// <param name="facts">What is to be known for the answer, each line with its sign in front.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    public static async Task<bool> AskAsync(
        Session session, IEnumerable<string> facts, string question, CancellationToken cancellationToken) =>
        await ReadAsync(session, facts, question, cancellationToken) is "Y" or "YES";

    /// <summary>Asks, and gives the answer in capitals; empty for none.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public static async Task<string> ReadAsync(
        Session session, IEnumerable<string> facts, string question, CancellationToken cancellationToken)
    {
        session.Talk.Ask(facts, question);
        string? answer = null;
        try
        {
            // Also where the system cannot cancel a read, the wait for it ends.
            answer = await session.Terminal.ReadLineAsync(cancellationToken).WaitAsync(cancellationToken);
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
