using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks.Native;

/// <summary>The native binary with its symbols, and the compiler's map of it.</summary>
/// <param name="Binary">The binary, with symbols.</param>
/// <param name="Map">The map.</param>
internal sealed record NativeBuild(string Binary, MapFile Map)
{
    /// <summary>Makes it.</summary>
    public static async Task<NativeBuild> MakeAsync()
    {
        Bench.Say("publishing the native program with its symbols");
        var folder = Path.Combine(Repository.Root, "artifacts", "symbols");
        var project = Path.Combine(Repository.Root, "src", "AuthMap.Cli");
        await Launcher.RunToolAsync(
            "dotnet", ["publish", project, "-c", "Release", "-o", folder, "-p:StripSymbols=false", "-p:IlcGenerateMapFile=true"]);
        var map = Directory.EnumerateFiles(Path.Combine(project, "obj", "Release"), "authmap.map.xml", SearchOption.AllDirectories)
            .MaxBy(File.GetLastWriteTimeUtc) ?? throw new BenchmarkException("the compiler wrote no map");
        return new(Path.Combine(folder, "authmap"), MapFile.Read(map));
    }

    /// <summary>The size of the binary without its symbols, as it is shipped.</summary>
    public async Task<long> ShippedSizeAsync()
    {
        var shipped = Binary + ".shipped";
        await Launcher.RunToolAsync("strip", ["-o", shipped, Binary]);
        return new FileInfo(shipped).Length;
    }
}
