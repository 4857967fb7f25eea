using AuthMap.Editing;
using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>What has to be had at a place's door before a change that may have to be undone: the caller seen, and a way back.</summary>
/// <param name="store">The place; after a read.</param>
/// <param name="clock">Time.</param>
/// <param name="options">How the change is confirmed.</param>
/// <param name="editor">How it is carried out.</param>
internal sealed class Admission(IAwsAuthStore store, TimeProvider clock, ConfirmOptions options, EditorOptions editor)
{
    /// <summary>Enters as the caller.</summary>
    /// <returns>As whom.</returns>
    /// <exception cref="AuthMapException">The caller does not get in, or would not be seen to.</exception>
    public Task<SelfReview> EnterAsync(CancellationToken cancellationToken) =>
        InTimeAsync("whether you get in could not be tried", EnterAsync, cancellationToken);

    /// <summary>Clears up after runs that were killed, and makes a way back.</summary>
    /// <exception cref="AuthMapException">It cannot be made.</exception>
    public Task<IWayBack> OpenWayBackAsync(TimeSpan life, CancellationToken cancellationToken) => InTimeAsync(
        "no way back could be made",
        async (entrance, token) =>
        {
            await entrance.SweepAsync(token).ConfigureAwait(false);
            return await entrance.OpenWayBackAsync(life, token).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<SelfReview> EnterAsync(IEntrance entrance, CancellationToken cancellationToken)
    {
        var entered = await entrance.EnterAsync(cancellationToken).ConfigureAwait(false) switch
        {
            Entered { IsFresh: false, As.Arn: not null } => throw Refused(
                "your credential is always the same one, which the server may let in from memory",
                "use --cluster, or a kubeconfig that gets its token from a plugin"),
            Entered yes => yes.As,
            TurnedAway => throw Refused("a new token does not let you in even now (401)", "log in again"),
            Unanswered(var reason, var hint) => throw Refused(reason, hint),
            NoAnswer(var failure) => throw new AuthMapException(failure with { Message = $"cannot try whether you get in: {failure.Message}" }),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (entered.Arn is null)
        {
            options.Say(Notice.Note($"you enter as {entered.Username} without aws-auth, so this change cannot lock you out; others are not tried"));
        }

        return entered;

        AuthMapException Refused(string why, string? hint) => new(
            FailureKind.Unconfirmed,
            $"--confirm-within cannot see what the change does to you: {why}{(editor.DryRun ? "" : "; nothing was written")}",
            hint);
    }

    private async Task<T> InTimeAsync<T>(
        string otherwise, Func<IEntrance, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var entrance = store.Entrance
            ?? throw new AuthMapException(FailureKind.Usage, $"{store.Target} has nobody who enters, so nothing can be confirmed");
        using var time = new CancellationTokenSource(editor.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await ask(entrance, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            // That an answer was a passing fault does not matter any more; what was left behind does.
            throw exception.InnerException is AuthMapException ? new OperationCanceledException(cancellationToken) : exception;
        }
        catch (OperationCanceledException exception)
        {
            throw new AuthMapException(
                new Failure(
                    FailureKind.Unreachable,
                    $"{store.Target}: {otherwise} within {ConfirmOptions.Words(editor.Timeout)}; nothing was written",
                    exception.InnerException is { Message: var reason } ? [exception.InnerException is AuthMapException ? reason : exception.Message] : [],
                    "allow more time with --timeout"),
                exception);
        }
    }
}
