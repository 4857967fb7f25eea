using System.Text.Json.Nodes;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks;

/// <summary>The whole comparison: what it needs is brought up, the rows are measured, the report is written.</summary>
internal static class Suite
{
    public static async Task<int> RunAsync(SuiteOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("authmap-benchmarks-").FullName;
        try
        {
            var report = await MeasureAsync(options, folder);
            Console.Write(Markdown.Write(report));
            if (options.Json is { } file)
            {
                await File.WriteAllTextAsync(file, Json.Write(report));
            }

            return 0;
        }
        catch (BenchmarkException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Report> MeasureAsync(SuiteOptions options, string folder)
    {
        var launcher = await Launcher.BuildAsync(folder);
        var product = (AuthMapTool)await Toolbox.WithVersionAsync(new AuthMapTool(options.Binary ?? await Repository.PublishAsync()));
        var peers = await Toolbox.FindPeersAsync(options.Peers, Repository.InstallAsync);
        Bench.Say("starting etcd and kube-apiserver");
        await using var server = new ApiServer();
        await server.InitializeAsync();
        if (!server.IsRunning)
        {
            throw new BenchmarkException($"there is no API server: run {Repository.InstallScript} as root on Debian, or set KUBEBUILDER_ASSETS");
        }

        var bench = new Bench(server, launcher, product, peers, options.Pairs, folder);
        foreach (var row in Arguments.Rows.Where(row => options.Only.Count == 0 || options.Only.Contains(row.Name)))
        {
            Bench.Say($"measuring {row.Name}");
            await row.MeasureAsync(bench);
        }

        var version = JsonNode.Parse(await server.AdminClient.GetStringAsync("/version"))!["gitVersion"]!.GetValue<string>();
        return new Report(Machine.Describe($"kube-apiserver {version}", [product, .. peers], options.Pairs), bench.Lines, bench.Tables, bench.Notes);
    }
}
