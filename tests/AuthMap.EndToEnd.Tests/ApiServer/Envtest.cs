using System.Diagnostics;

namespace AuthMap.EndToEnd;

/// <summary>The programs that a real API server is made of.</summary>
public sealed record Envtest(string Etcd, string KubeApiServer, string Kubectl)
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Where a build server is at work, a missing API server is a failure; elsewhere it is a reason to skip.</summary>
    public static bool IsRequired => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>Finds the programs, or makes them where that is possible without asking anybody.</summary>
    public static async Task<Search> FindAsync()
    {
        var folder = new[] { Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"), CacheFolder }.FirstOrDefault(HasServers);
        if (folder is not null)
        {
            return new Search(In(folder), "");
        }

        if (!IsRequired && !CanInstall)
        {
            return new Search(null,
                $"There is no API server to test against. To have one, run: sudo {InstallScript} {CacheFolder}\n"
                + "(or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver).");
        }

        await using var install = RunningProcess.Start(new ProcessStartInfo("bash", [InstallScript, CacheFolder]));
        var result = await install.WaitAsync(InstallTimeout);
        return result.ExitCode == 0
            ? new Search(In(result.Output.TrimEnd().Split('\n')[^1]), "")
            : new Search(null,
                $"There is no API server to test against, and {InstallScript} could not make one:\n{result.Error}");
    }

    // The script knows the same places; it is told this one, so that the two cannot disagree.
    private static string CacheFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("AUTHMAP_ENVTEST_DIR") is { Length: > 0 } ours)
            {
                return Path.GetFullPath(ours);
            }

            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
                ? set
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache, "authmap", "envtest");
        }
    }

    private static string InstallScript
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AuthMap.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder?.FullName ?? "", "tests", "envtest", "install.sh");
        }
    }

    private static bool CanInstall =>
        OperatingSystem.IsLinux()
        && Environment.IsPrivilegedProcess
        && File.Exists("/etc/os-release")
        && File.ReadLines("/etc/os-release").Contains("ID=debian");

    private static bool HasServers(string? folder) =>
        !string.IsNullOrEmpty(folder)
        && File.Exists(Path.Combine(folder, "etcd"))
        && File.Exists(Path.Combine(folder, "kube-apiserver"));

    private static Envtest In(string folder)
    {
        var kubectl = Path.Combine(folder, "kubectl");
        return new Envtest(
            Path.Combine(folder, "etcd"), Path.Combine(folder, "kube-apiserver"), File.Exists(kubectl) ? kubectl : "kubectl");
    }

    /// <summary>What was found; or nothing, and why.</summary>
    public sealed record Search(Envtest? Found, string Reason);
}
