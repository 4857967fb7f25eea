using AuthMap.Cluster;
using AuthMap.Cluster.Manifests;
using static AuthMap.Cli.Tests.Manifests.ManifestFolder;

namespace AuthMap.Cli.Tests.Manifests;

public sealed class LockFolderTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ManifestFolder _folder = new();

    public LockFolderTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the folder for temporary files is the user's own there");

    public void Dispose() => _folder.Dispose();

    private string InTemp => Path.Combine(_folder.Host.TempDirectory, $"authmap-{User}");

#pragma warning disable CA1416 // Skipped on Windows.
    private static uint User => UnixFile.CurrentUser;

    [Fact]
    public void It_is_the_users_alone()
    {
        Assert.Equal(InTemp, LockFolder.Open(_folder.Host));
        Assert.Equal(Private, File.GetUnixFileMode(InTemp));
        Assert.Equal(InTemp, LockFolder.Open(_folder.Host));
    }

    [Fact]
    public void It_is_in_the_users_runtime_folder_where_there_is_one()
    {
        HostEnvironment Host(string runtime) =>
            _folder.Host with { Variables = new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = runtime } };
        Assert.Equal(Path.Combine(_folder.Path, $"authmap-{User}"), LockFolder.Open(Host(_folder.Path)));
        Assert.Equal(InTemp, LockFolder.Open(Host(Path.Combine(_folder.Path, "missing"))));
    }

    [Fact]
    public void One_that_others_can_write_to_is_not_used()
    {
        Directory.CreateDirectory(InTemp, Private | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        File.SetUnixFileMode(InTemp, Private | UnixFileMode.OtherWrite);
        Assert.Null(LockFolder.Open(_folder.Host));
    }

    [Fact]
    public void One_that_somebody_else_owns_is_not_used()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "only root gives folders away");
        Directory.CreateDirectory(InTemp, Private);
        using var chown = System.Diagnostics.Process.Start("chown", ["12345", InTemp]);
        chown.WaitForExit();
        Assert.Null(LockFolder.Open(_folder.Host));
    }

    [Fact]
    public async Task A_link_or_a_file_in_its_place_is_not_used_and_hinders_nobody()
    {
        File.CreateSymbolicLink(InTemp, Directory.CreateDirectory(Path.Combine(_folder.Path, "other"), Private).FullName);
        Assert.Null(LockFolder.Open(_folder.Host));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "other")));

        File.Delete(InTemp);
        await File.WriteAllTextAsync(InTemp, "", TestContext.Current.CancellationToken);
        Assert.Null(LockFolder.Open(_folder.Host));
        await WriteAsync(new ManifestStore(_folder.Holding(Empty).File, _folder.Host), "- a\n");
        Assert.Contains("- a", _folder.Text, StringComparison.Ordinal);
    }
#pragma warning restore CA1416
}
