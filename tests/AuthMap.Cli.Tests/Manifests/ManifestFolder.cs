using System.Diagnostics;
using AuthMap.Cluster;
using AuthMap.Cluster.Manifests;
using AuthMap.Editing;

namespace AuthMap.Cli.Tests.Manifests;

/// <summary>A folder for one test, and what is done in it.</summary>
public sealed class ManifestFolder : IDisposable
{
    public const string Empty =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n    []\n";

    private readonly List<string> _mounts = [];

    public string Path { get; } = RealPath.Of(Directory.CreateTempSubdirectory("authmap-tests-").FullName);

    /// <summary>A machine whose folder for temporary files is this test's own.</summary>
    public HostEnvironment Host { get; } = new(
        new Dictionary<string, string>(), "/", "/", RealPath.Of(Directory.CreateTempSubdirectory("authmap-tests-locks-").FullName));

    public string File => System.IO.Path.Combine(Path, "aws-auth.yaml");

    public string Text => System.IO.File.ReadAllText(File);

    public ManifestFolder Holding(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return this;
    }

    /// <summary>The names of everything in the folder: a test that looks at it finds what was left behind.</summary>
    public string[] Names() => [.. Directory.GetFileSystemEntries(Path).Select(name => System.IO.Path.GetFileName(name)).Order()];

    public static WriteRequest Roles(string text) =>
        new(new Dictionary<string, string> { ["mapRoles"] = text }, new Dictionary<string, string>());

    public static async Task<WriteResult> WriteAsync(IAwsAuthStore store, string roles)
    {
        var read = await store.ReadAsync(TestContext.Current.CancellationToken);
        store.Preview(read, Roles(roles));
        return await store.WriteAsync(read, Roles(roles), TestContext.Current.CancellationToken);
    }

    public static async Task<Failure> FailsAsync(Func<Task> action) => (await Assert.ThrowsAsync<AuthMapException>(action)).Failure;

    /// <summary>Mounts something in the folder, or skips the test where this is not permitted.</summary>
    public string Mount(string target, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", [.. arguments, target]), "this user may not mount");
        _mounts.Add(target);
        return target;
    }

    public void Dispose()
    {
        foreach (var mount in Enumerable.Reverse(_mounts))
        {
            Run("umount", [mount]);
        }

        Directory.Delete(Host.TempDirectory, recursive: true);
        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
