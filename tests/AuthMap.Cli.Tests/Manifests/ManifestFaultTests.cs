using System.IO.Pipes;
using AuthMap.Cluster.Manifests;
using static AuthMap.Cli.Tests.Manifests.ManifestFolder;

namespace AuthMap.Cli.Tests.Manifests;

public sealed class ManifestFaultTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_not_found()
    {
        var failure = await FailsAsync(() => new ManifestStore(_folder.File, _folder.Host).ReadAsync(Cancellation));
        Assert.Equal((FailureKind.NotFound, $"{_folder.File} does not exist", "look for a typo in the path; authmap create iamidentitymapping … --init makes a new one"), (failure.Kind, failure.Message, failure.Hint));

        var nested = Path.Combine(_folder.Path, "no", "such.yaml");
        failure = await FailsAsync(() => new ManifestStore(nested, _folder.Host, init: true).ReadAsync(Cancellation));
        Assert.Equal((FailureKind.NotFound, $"{nested} does not exist, nor does its folder"), (failure.Kind, failure.Message));
        Assert.Equal("make the folder first, or look for a typo in the path", failure.Hint);
    }

    [Fact]
    public async Task A_directory_is_a_wrong_request()
    {
        var failure = await FailsAsync(() => new ManifestStore(_folder.Path, _folder.Host, init: true).ReadAsync(Cancellation));
        Assert.Equal((FailureKind.Usage, $"{_folder.Path} is a directory"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0, 1 }, "is not a text file: byte 2 is zero", "a manifest is YAML or JSON in UTF-8")]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a', 0 }, "is not a text file: byte 4 is zero", "it looks like UTF-16; save it as UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0xe9, (byte)'b' }, "is not UTF-8: byte 2 fits no character", "save it as UTF-8")]
    public async Task What_is_not_text_is_refused(byte[] bytes, string message, string hint)
    {
        await File.WriteAllBytesAsync(_folder.File, bytes, Cancellation);
        foreach (var init in new[] { true, false })
        {
            var failure = await FailsAsync(() => new ManifestStore(_folder.File, _folder.Host, init).ReadAsync(Cancellation));
            Assert.Equal((FailureKind.Refused, $"{_folder.File} {message}", hint), (failure.Kind, failure.Message, failure.Hint));
        }
    }

    [Fact]
    public async Task A_file_without_end_is_refused()
    {
        await File.WriteAllBytesAsync(_folder.File, new byte[ManifestBytes.MaxLength + 1], Cancellation);
        var failure = await FailsAsync(() => new ManifestStore(_folder.File, _folder.Host).ReadAsync(Cancellation));
        Assert.Equal((FailureKind.Refused, $"{_folder.File} is larger than 16 MiB; no manifest is"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Links_in_a_circle_fail()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege");
        File.CreateSymbolicLink(_folder.File, _folder.File);
        var failure = await FailsAsync(() => new ManifestStore(_folder.File, _folder.Host).ReadAsync(Cancellation));
        Assert.Equal(FailureKind.Failed, failure.Kind);
        Assert.Contains("symbolic links", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_file_is_left_alone_even_by_root()
    {
        _folder.Holding(Empty);
        new FileInfo(_folder.File).IsReadOnly = true;
        await WriteFailsAsync(_folder.File, "cannot be written: it is read-only");
        new FileInfo(_folder.File).IsReadOnly = false;
    }

    [Fact]
    public async Task A_device_is_never_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at /dev/null");
        var failure = await FailsAsync(() => WriteAsync(new ManifestStore("/dev/null", _folder.Host, init: true), "- a\n"));
        Assert.Equal((FailureKind.Failed, "/dev/null cannot be replaced: it is not a regular file"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_pipe_is_read_and_never_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at /proc/self/fd");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        var store = new ManifestStore(path, _folder.Host);
        await pipe.WriteAsync(ManifestBytes.Encode(Empty), Cancellation);
        var reading = Task.Run(() => store.ReadAsync(Cancellation), Cancellation);
        await Task.Delay(100, Cancellation);
        pipe.SafePipeHandle.Dispose();
        var read = await reading;
        Assert.Equal("[]\n", read.Data["mapRoles"]);
        var failure = await FailsAsync(() => store.WriteAsync(read, Roles("- a\n"), Cancellation));
        Assert.Equal((FailureKind.Failed, $"{path} cannot be replaced: it is not a regular file"), (failure.Kind, failure.Message));
        Assert.Contains("--manifest -", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_changes_nothing()
    {
        var disk = _folder.Mount(Directory.CreateDirectory(Path.Combine(_folder.Path, "disk")).FullName, "-t", "tmpfs", "-o", "size=64k", "tmpfs");
        var file = Path.Combine(disk, "aws-auth.yaml");
        await File.WriteAllTextAsync(file, Empty, Cancellation);
        var failure = await FailsAsync(() => WriteAsync(new ManifestStore(file, _folder.Host), $"# {new string('x', 100_000)}\n[]\n"));
        Assert.Equal((FailureKind.Failed, $"{file} cannot be written: no space left on device"), (failure.Kind, failure.Message));
        Assert.Equal(Empty, await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal([file], Directory.GetFileSystemEntries(disk));
    }

    [Fact]
    public async Task A_read_only_folder_changes_nothing()
    {
        var disk = _folder.Mount(Directory.CreateDirectory(Path.Combine(_folder.Path, "disk")).FullName, "-t", "tmpfs", "tmpfs");
        var file = Path.Combine(disk, "aws-auth.yaml");
        await File.WriteAllTextAsync(file, Empty, Cancellation);
        _folder.Mount(disk, "-o", "remount,ro");
        await WriteFailsAsync(file, "cannot be written: read-only file system");
    }

    [Fact]
    public async Task A_file_mounted_alone_is_not_replaced_and_the_other_way_is_named()
    {
        _folder.Holding(Empty);
        _folder.Mount(_folder.File, "--bind", _folder.File);
        var failure = await WriteFailsAsync(_folder.File, "cannot be replaced: it is mounted as a single file");
        Assert.Contains("--manifest -", failure.Hint, StringComparison.Ordinal);
    }

    private async Task<Failure> WriteFailsAsync(string file, string message)
    {
        var failure = await FailsAsync(() => WriteAsync(new ManifestStore(file, _folder.Host), "- a\n"));
        Assert.Equal((FailureKind.Failed, $"{file} {message}"), (failure.Kind, failure.Message));
        Assert.Equal(Empty, await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal([file], Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!));
        return failure;
    }
}
