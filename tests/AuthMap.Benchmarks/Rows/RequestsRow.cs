using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Stages;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Rows;

/// <summary>What the API server is asked, counted by a proxy, and what EKS is asked to find it.</summary>
internal sealed class RequestsRow : IRow
{
    public string Name => "requests";

    public async Task MeasureAsync(Bench bench)
    {
        await CountAtServerAsync(bench);
        await CountAtEksAsync(bench);
    }

    private async Task CountAtServerAsync(Bench bench)
    {
        await using var proxy = await FaultProxy.StartAsync(bench.Server);
        var stage = await bench.StageAsync(MapText.Of(Sizes.Usual), proxy.Address);
        await AddAsync("`get`, requests", Goals.GetRequests, Contests.List);
        await AddAsync("`create`, requests", Goals.CreateRequests, Contests.Create);

        async Task AddAsync(string what, Goal goal, Contest contest)
        {
            var line = new Line(Name, what, Unit.Count, await CountAsync(contest(bench.Product, stage)!)) { Goal = goal };
            var peers = bench.Peers.Where(peer => contest(peer, stage) is not null).ToList();
            if (peers.Count == 0)
            {
                bench.Add(line);
            }

            foreach (var peer in peers)
            {
                var contestant = contest(peer, stage)!;
                try
                {
                    // The second run counts, since the first may fill a cache.
                    await CountAsync(contestant);
                    bench.Add(line with { Peer = peer.Name, Theirs = await CountAsync(contestant) });
                }
                catch (BenchmarkException exception)
                {
                    bench.Note(exception.Message);
                }
            }
        }

        async Task<int> CountAsync(Measuring.Contestant contestant)
        {
            await contestant.Before();
            var before = proxy.Requests.Count;
            await bench.Launcher.RunAsync(contestant.Command(0));
            return proxy.Requests.Count - before;
        }
    }

    private async Task CountAtEksAsync(Bench bench)
    {
        await using var eks = await EksStage.StartAsync(bench, Sizes.Usual);
        var place = eks.Counted(bench);
        await AddAsync("`get --cluster`, the first time", bench.Product.List(place), Goals.GetRequests, Goals.FirstAwsRequests);
        await AddAsync("`get --cluster`, later", bench.Product.List(place), Goals.GetRequests, Goals.LaterAwsRequests);
        var create = bench.Product.Create(place, new Newcomer("counted"), "");
        await AddAsync("`create --cluster`, later", create, Goals.CreateRequests, Goals.LaterAwsRequests);

        async Task AddAsync(string what, Command command, Goal atServer, Goal atAws)
        {
            var (server, aws) = (eks.ServerRequests, eks.AwsRequests);
            await bench.Launcher.RunAsync(command);
            Add("the API server", eks.ServerRequests - server, atServer);
            Add("AWS", eks.AwsRequests - aws, atAws);

            void Add(string whom, int requests, Goal goal) =>
                bench.Add(new Line(Name, $"{what}, requests to {whom}", Unit.Count, requests) { Goal = goal });
        }
    }
}
