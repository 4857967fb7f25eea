using AuthMap.Cluster.Manifests;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Manifests;

public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Workspace _work = new();

    private string Path => _work.Path("home/folder");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_folder_that_inherits_the_set_group_id_bit_is_private_all_the_same()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_work.Path("home"), Private | UnixFileMode.SetGroup);

        Assert.Equal(Path, PrivateFolder.Open(Path));
        Assert.Equal(Path, PrivateFolder.Open(Path));
    }

    [Fact]
    public void A_folder_of_others_is_refused_and_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, Private | UnixFileMode.GroupRead);

        Assert.Null(PrivateFolder.Open(Path));
        Assert.True(Directory.Exists(Path));
    }
}
