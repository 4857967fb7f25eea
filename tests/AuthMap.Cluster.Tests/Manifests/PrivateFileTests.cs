using AuthMap.Cluster.Manifests;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Manifests;

public sealed class PrivateFileTests : IDisposable
{
    private readonly Workspace _work = new();

    private string Path => _work.Path("home/file");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_write_that_fails_half_way_leaves_nothing()
    {
        // As a disk that is full half-way.
        Assert.Throws<IOException>(() => PrivateFile.Write(Path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }, overwrite: false));

        Assert.Empty(Directory.GetFileSystemEntries(_work.Path("home")));
    }

    [Fact]
    public void Another_file_is_replaced_only_if_that_is_wanted()
    {
        PrivateFile.Write(Path, stream => stream.WriteByte(1), overwrite: false);

        Assert.Throws<IOException>(() => PrivateFile.Write(Path, stream => stream.WriteByte(2), overwrite: false));
        Assert.Equal([1], File.ReadAllBytes(Path));

        PrivateFile.Write(Path, stream => stream.WriteByte(3), overwrite: true);
        Assert.Equal([3], File.ReadAllBytes(Assert.Single(Directory.GetFileSystemEntries(_work.Path("home")))));
    }
}
