using System.CommandLine;
using AuthMap.Benchmarks.Micro;
using AuthMap.Benchmarks.Native;
using AuthMap.Benchmarks.Rows;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks;

/// <summary>What can be asked for.</summary>
internal static class Arguments
{
    /// <summary>The rows, in the order of the report.</summary>
    public static IReadOnlyList<IRow> Rows { get; } =
    [
        new GetRow(), new CreateRow(), new SizeRow(), new RequestsRow(), new DelayRow(),
        new EksRow(), new LargeRow(), new CrowdRow(), new GrowthRow(), new ApplyRow(),
    ];

    public static RootCommand Create()
    {
        var only = new Option<string[]>("--only") { Description = "Only this row; repeatable.", HelpName = "ROW" };
        only.AcceptOnlyFromAmong([.. Rows.Select(row => row.Name)]);
        var pairs = new Option<int>("--pairs") { Description = "How many runs of each count.", DefaultValueFactory = _ => 30 };
        pairs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--pairs needs a number from 1 on");
            }
        });
        var binary = new Option<FileInfo>("--binary") { Description = "The program to measure, instead of building it." };
        binary.AcceptExistingOnly();
        var peer = new Option<string[]>("--peer")
        {
            Description = $"Where a tool is that is not on PATH: {string.Join(", ", Toolbox.Kinds.Keys)}; repeatable.",
            HelpName = "NAME=PATH",
        };
        peer.Validators.Add(result =>
        {
            foreach (var given in result.Tokens.Where(token => PeerOf(token.Value) is null))
            {
                result.AddError($"--peer {given.Value}: it has to be NAME=PATH, with a file that exists");
            }
        });
        var json = new Option<FileInfo>("--json") { Description = "Write the report as JSON to this file, too." };

        var root = new RootCommand("Compares authmap with other tools, whole process by whole process, on a real API server.")
        {
            only, pairs, binary, peer, json,
        };
        root.SetAction(parsed => Suite.RunAsync(new SuiteOptions(
            parsed.GetValue(only) ?? [],
            parsed.GetValue(pairs),
            parsed.GetValue(binary)?.FullName,
            (parsed.GetValue(peer) ?? []).Select(PeerOf).OfType<KeyValuePair<string, string>>().ToDictionary(),
            parsed.GetValue(json)?.FullName)));

        var micro = new Command("micro", "Measures reading, planning and splicing alone, with BenchmarkDotNet.");
        micro.SetAction(_ => MicroBenchmarks.Run());
        root.Add(micro);

        var size = new Command("size", "Writes docs/size.md: what is in the native binary.");
        size.SetAction(_ => SizePage.WriteAsync());
        root.Add(size);

        var order = new Command("order", "Writes src/AuthMap.Cli/Native/startup.order: the methods that usual runs need, with valgrind.");
        order.SetAction(_ => StartupOrder.RecordAsync());
        root.Add(order);
        return root;
    }

    private static KeyValuePair<string, string>? PeerOf(string text) =>
        text.Split('=', 2) is [var name, var path] && Toolbox.Kinds.ContainsKey(name) && File.Exists(path)
            ? new(name, Path.GetFullPath(path))
            : null;
}
