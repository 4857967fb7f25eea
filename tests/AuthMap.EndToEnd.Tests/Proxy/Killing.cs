namespace AuthMap.EndToEnd;

/// <summary>When a run is killed, in the life of one of its requests.</summary>
public enum Moment
{
    /// <summary>The request does not get out any more.</summary>
    Unsent,

    /// <summary>The request is on its way; the server gets it when nobody waits for an answer any more.</summary>
    Sent,

    /// <summary>The server has answered, and nobody hears it.</summary>
    Answered,
}

/// <summary>Runs of the program that are killed (SIGKILL) with a request under way.</summary>
internal static class Killing
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>All moments of all requests of a run, of which the last ones write.</summary>
    public static TheoryData<int, Moment> Moments(int requests, int writes)
    {
        var data = new TheoryData<int, Moment>();
        for (var request = 1; request <= requests; request++)
        {
            // That the server reads for nobody makes no difference.
            Moment[] moments = request > requests - writes
                ? [Moment.Unsent, Moment.Sent, Moment.Answered]
                : [Moment.Unsent, Moment.Answered];
            foreach (var moment in moments)
            {
                data.Add(request, moment);
            }
        }

        return data;
    }

    /// <summary>Runs the program until its n-th request through the proxy, and kills it there.</summary>
    /// <returns>When the program is dead and the server at rest.</returns>
    public static async Task RunAsync(AuthMapProgram program, FaultProxy proxy, string[] command, int request, Moment moment)
    {
        var started = new TaskCompletionSource<RunningProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 1; i < request; i++)
        {
            proxy.Next(Faults.None);
        }

        proxy.Next(async exchange =>
        {
            if (moment == Moment.Answered)
            {
                await exchange.ForwardAsync();
            }

            await (await started.Task).KillAsync();
            if (moment == Moment.Sent)
            {
                await exchange.ForwardAsync();
            }

            exchange.HangUp();
            dead.SetResult();
        });
        await using var running = program.Start(command);
        started.SetResult(running);
        await dead.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(128 + 9, (await running.WaitAsync()).ExitCode);
    }
}
