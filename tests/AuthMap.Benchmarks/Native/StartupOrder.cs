using System.Text.RegularExpressions;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Native;

/// <summary>Writes <c>src/AuthMap.Cli/Native/startup.order</c>: the methods that the usual runs need, in the order in which they are
/// first called, as valgrind sees it.</summary>
internal static partial class StartupOrder
{
    public static async Task<int> RecordAsync()
    {
        try
        {
            return await RecordAllAsync();
        }
        catch (BenchmarkException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return 1;
        }
    }

    private static async Task<int> RecordAllAsync()
    {
        var build = await NativeBuild.MakeAsync();
        var folder = Directory.CreateTempSubdirectory("authmap-order-").FullName;
        try
        {
            await using var server = new ApiServer();
            await server.InitializeAsync();
            var launcher = await Launcher.BuildAsync(folder);
            var bench = new Bench(server, launcher, new AuthMapTool(build.Binary), [], 1, folder);
            var stage = await bench.StageAsync(MapText.Of(20));
            await using var eks = await EksStage.StartAsync(bench, 20);
            var methods = build.Map.Methods;
            var seen = new List<string>();
            foreach (var command in Runs(bench, stage.Place).Concat(Runs(bench, eks.Stage.Place)))
            {
                seen.AddRange((await CalledAsync(command, folder)).Where(methods.Contains));
            }

            var path = Path.Combine(Repository.Root, "src", "AuthMap.Cli", "Native", "startup.order");
            await File.WriteAllLinesAsync(path, seen.Distinct(StringComparer.Ordinal));
            Bench.Say($"wrote {path}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Command> Runs(Bench bench, Place place)
    {
        var newcomer = new Newcomer("ordered");
        var create = bench.Product.Create(place, newcomer, "");
        var source = create.Arguments.Skip(2).Take(2).ToList();
        yield return bench.Product.List(place);
        yield return create;
        yield return create with { Arguments = ["delete", "iamidentitymapping", .. source, "--arn", newcomer.Arn] };
    }

    private static async Task<IEnumerable<string>> CalledAsync(Command command, string folder)
    {
        Bench.Say($"watching {command}");
        var record = Path.Combine(folder, "calls");
        // The collector's usual reservation is more than valgrind can give.
        var settings = command.Environment.Append(new("DOTNET_GCHeapHardLimit", "0x20000000")).Select(pair => $"{pair.Key}={pair.Value}");
        await Launcher.RunToolAsync("env", [
            "-i", .. settings, "valgrind", "--tool=callgrind", $"--callgrind-out-file={record}", command.Program, .. command.Arguments,
        ]);
        return (await File.ReadAllLinesAsync(record)).Select(line => Name().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value);
    }

    // Recursive calls of a function have a number behind its name.
    [GeneratedRegex(@"^c?fn=\(\d+\) (.+?)(?:'\d+)?$")]
    private static partial Regex Name();
}
