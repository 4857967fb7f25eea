using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks.Measuring;

/// <summary>
/// Runs programs in turn, A B A B …, so that whatever else the machine does meanwhile meets all of them alike: only what comes
/// from one alternation is comparable.
/// </summary>
internal sealed class Alternation(Launcher launcher, int rounds)
{
    private const int WarmUp = 3;

    /// <summary>Runs all contestants in every round; the first rounds do not count.</summary>
    /// <returns>What each took, in their order.</returns>
    /// <exception cref="BenchmarkException">A run failed, or did not do its work.</exception>
    public async Task<IReadOnlyList<Summary>> RunAsync(IReadOnlyList<Contestant> contestants)
    {
        var runs = contestants.Select(_ => new List<Usage>()).ToList();
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                var usage = await RunAsync(contestants[i], round);
                if (round >= WarmUp)
                {
                    runs[i].Add(usage);
                }
            }
        }

        return [.. contestants.Zip(runs, (contestant, usages) => Summary.Of(contestant.Name, usages))];
    }

    private async Task<Usage> RunAsync(Contestant contestant, int round)
    {
        await contestant.Before();
        var command = contestant.Command(round);
        var usage = await launcher.RunAsync(command);
        return await contestant.IsDone(round) ? usage : throw new BenchmarkException($"{command} has not done its work");
    }
}
