using System.Diagnostics;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;
using AuthMap.Documents;

namespace AuthMap.Benchmarks.Rows;

/// <summary>32 writers at once, each adding 20 mappings to one map, process after process.</summary>
internal sealed class CrowdRow : IRow
{
    private const int Writers = 32;
    private const int CreatesEach = 20;

    private const string What = "32 × 20 `create` at once";

    public string Name => "crowd";

    public async Task MeasureAsync(Bench bench)
    {
        var stage = await bench.StageAsync(MapText.Of(Sizes.Usual));
        var ours = await AtOnceAsync(bench.Product, stage);
        if (ours.FirstFailure is { } failure)
        {
            bench.Note(failure);
        }

        bench.Add(new Line(Name, $"{What}, failed", Unit.Count, ours.Failed) { Goal = Goals.Nothing });
        bench.Add(new Line(Name, $"{What}, missing in the map", Unit.Count, ours.Missing) { Goal = Goals.Nothing });
        bench.Add(new Line(Name, $"{What}, twice in the map", Unit.Count, ours.Twice) { Goal = Goals.Nothing });
        foreach (var peer in bench.Peers)
        {
            var wall = new Line(Name, $"{What}, wall", Unit.Milliseconds, ours.Wall)
            {
                Peer = peer.Name,
                Goal = Goals.Crowd.GetValueOrDefault(peer.Name),
            };
            if (peer is KubectlTool)
            {
                var what = $"{wall.What} (kubectl: {Writers * CreatesEach} patches one by one)";
                bench.Add(wall with { What = what, Theirs = await OneByOneAsync(peer, stage) });
            }
            else if (peer.CreateAmongOthers(stage.Place, Newcomer(0, 0), stage.MapRoles) is not null)
            {
                var theirs = await AtOnceAsync(peer, stage);
                bench.Add(wall with { Theirs = theirs.Wall });
                bench.Add(new Line(Name, $"{What}, missing in the map", Unit.Count, ours.Missing)
                {
                    Peer = peer.Name,
                    Theirs = theirs.Missing,
                });
            }
        }
    }

    private static Newcomer Newcomer(int writer, int number) => new($"writer-{writer:D2}-{number:D2}");

    private static IEnumerable<Newcomer> Everybody() =>
        from writer in Enumerable.Range(0, Writers)
        from number in Enumerable.Range(0, CreatesEach)
        select Newcomer(writer, number);

    private static async Task<Result> AtOnceAsync(Tool tool, Stage stage)
    {
        await stage.ResetAsync();
        var start = Stopwatch.GetTimestamp();
        var failures = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        var map = AwsAuthDocument.Parse(new Dictionary<string, string>
        {
            ["mapRoles"] = (await stage.Server.AwsAuth.GetTextAsync("mapRoles"))!,
        });
        var times = map[SectionKey.MapRoles].Entries.CountBy(entry => entry.Mapping.Identity).ToDictionary();
        return new Result(
            wall,
            failures.Sum(each => each.Count),
            failures.SelectMany(each => each).FirstOrDefault(),
            Everybody().Count(newcomer => !times.ContainsKey(newcomer.Arn)),
            Everybody().Count(newcomer => times.GetValueOrDefault(newcomer.Arn) > 1));

        async Task<List<string>> WriteAsync(int writer)
        {
            var messages = new List<string>();
            for (var number = 0; number < CreatesEach; number++)
            {
                try
                {
                    await stage.Launcher.RunAsync(tool.CreateAmongOthers(stage.Place, Newcomer(writer, number), stage.MapRoles)!);
                }
                catch (BenchmarkException exception)
                {
                    messages.Add(exception.Message);
                }
            }

            return messages;
        }
    }

    private static async Task<double> OneByOneAsync(Tool tool, Stage stage)
    {
        await stage.ResetAsync();
        var mapRoles = stage.MapRoles;
        var start = Stopwatch.GetTimestamp();
        foreach (var newcomer in Everybody())
        {
            await stage.Launcher.RunAsync(tool.Create(stage.Place, newcomer, mapRoles)!);
            mapRoles = newcomer.AddTo(mapRoles);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private sealed record Result(double Wall, int Failed, string? FirstFailure, int Missing, int Twice);
}
