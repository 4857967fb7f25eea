using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks;

/// <summary>The project around this program: what it builds, and the script that installs what it needs.</summary>
internal static class Repository
{
    public static string InstallScript => Path.Combine(Root, "tests", "envtest", "install.sh");

    /// <summary>Where what is built goes.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts", "benchmarks");

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AuthMap.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new BenchmarkException("this program has to be run from within the project");
        }
    }

    /// <summary>Builds the native program and gives its path.</summary>
    public static async Task<string> PublishAsync()
    {
        Bench.Say("publishing the native program");
        await Launcher.RunToolAsync(
            "dotnet", ["publish", Path.Combine(Root, "src", "AuthMap.Cli"), "-c", "Release", "-o", Artifacts]);
        return Path.Combine(Artifacts, "authmap");
    }

    /// <summary>Installs what is missing and gives the folder.</summary>
    public static async Task<string> InstallAsync()
    {
        Bench.Say("installing kubectl");
        return (await Launcher.RunToolAsync("bash", [InstallScript])).Trim().Split('\n')[^1];
    }
}
