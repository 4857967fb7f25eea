using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Planning;
using static AuthMap.Cli.Tests.Manifests.ManifestFolder;

namespace AuthMap.Cli.Tests.Manifests;

public sealed class ManifestStoreTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task I_read_the_map_and_where_it_stands()
    {
        var store = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var snapshot = await store.ReadAsync(Cancellation);
        Assert.True(snapshot.Exists);
        Assert.Equal("[]\n", snapshot.Data["mapRoles"]);
        Assert.Equal("8:5", snapshot.Locate!(SectionKey.MapRoles, new(1, 1)).ToString());
        Assert.Equal(_folder.File, store.Target);
        Assert.Empty(store.Preview(snapshot, Roles("- a\n")));
        Assert.Equal(Empty, _folder.Text);
    }

    [Fact]
    public async Task I_write_it_and_leave_nothing_else_behind()
    {
        var store = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var written = Assert.IsType<Written>(await WriteAsync(store, "- a\n"));
        Assert.Equal(Empty.Replace("[]", "- a", StringComparison.Ordinal), _folder.Text);
        Assert.Equal(written.Version, (await store.ReadAsync(Cancellation)).Version);
        Assert.Equal(["aws-auth.yaml"], _folder.Names());
    }

    [Fact]
    public async Task A_key_cannot_be_taken_out_by_a_preview_or_by_a_write()
    {
        var write = Roles("- a\n") with { Removed = ["mapUsers"] };
        var file = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var input = new StdinManifestStore(new MemoryStream(ManifestBytes.Encode(Empty)));
        foreach (var store in new IAwsAuthStore[] { file, input })
        {
            var read = await store.ReadAsync(Cancellation);

            Assert.Equal(FailureKind.Refused, Assert.Throws<AuthMapException>(() => store.Preview(read, write)).Failure.Kind);
            var refusal = await Assert.ThrowsAsync<AuthMapException>(() => store.WriteAsync(read, write, Cancellation));
            Assert.Equal("mapUsers cannot be taken out of a manifest", refusal.Failure.Message);
        }

        Assert.Equal((Empty, Empty), (_folder.Text, input.ResultText));
    }

    [Fact]
    public async Task Bytes_around_the_value_stay_as_they_are()
    {
        var before = "\ufeff# \u00e9\U0001F600\r\n" + Empty.ReplaceLineEndings("\r\n") + "# the end  ";
        await File.WriteAllBytesAsync(_folder.File, ManifestBytes.Encode(before), Cancellation);
        await WriteAsync(new ManifestStore(_folder.File, _folder.Host), "- a\n");
        Assert.Equal(
            ManifestBytes.Encode(before.Replace("[]", "- a", StringComparison.Ordinal)), await File.ReadAllBytesAsync(_folder.File, Cancellation));
    }

    [Fact]
    public async Task Writing_what_is_there_touches_nothing()
    {
        var store = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.File, time);
        var read = await store.ReadAsync(Cancellation);
        Assert.Equal(new Written(read.Version), await WriteAsync(store, "[]\n"));
        Assert.Equal(time, File.GetLastWriteTimeUtc(_folder.File));
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_a_conflict()
    {
        var store = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var read = await store.ReadAsync(Cancellation);
        _folder.Holding(Empty + "# mine\n");
        Assert.IsType<Conflicted>(await store.WriteAsync(read, Roles("- a\n"), Cancellation));
        Assert.Equal(Empty + "# mine\n", _folder.Text);
        Assert.Equal(["aws-auth.yaml"], _folder.Names());
    }

    [Fact]
    public async Task A_file_that_changes_at_the_last_moment_is_a_conflict()
    {
        _folder.Holding(Empty);
        Assert.False(await AtomicFile.ReplaceAsync(_folder.File, "x", "new"u8.ToArray(), () =>
        {
            Assert.Equal(2, _folder.Names().Length);
            return ValueTask.FromResult(false);
        }));
        Assert.Equal(Empty, _folder.Text);
        Assert.Equal(["aws-auth.yaml"], _folder.Names());
    }

    [Fact]
    public async Task An_interrupted_write_leaves_the_old_file_alone()
    {
        _folder.Holding(Empty);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.ReplaceAsync(_folder.File, "x", "new"u8.ToArray(), async () =>
        {
            await source.CancelAsync();
            source.Token.ThrowIfCancellationRequested();
            return true;
        }));
        Assert.Equal(Empty, _folder.Text);
        Assert.Equal(["aws-auth.yaml"], _folder.Names());

        var store = new ManifestStore(_folder.File, _folder.Host);
        var read = await store.ReadAsync(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync(read, Roles("- a\n"), source.Token));
        Assert.Equal(Empty, _folder.Text);
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        const int Writers = 4;
        const int Lines = 15;
        _folder.Holding(Empty.Replace("[]", "- start", StringComparison.Ordinal));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var store = new ManifestStore(_folder.File, _folder.Host);
            for (var line = 0; line < Lines;)
            {
                var read = await store.ReadAsync(Cancellation);
                var roles = $"{read.Data["mapRoles"]}- {writer}.{line}\n";
                line += await store.WriteAsync(read, Roles(roles), Cancellation) is Written ? 1 : 0;
            }
        })));
        var lines = (await new ManifestStore(_folder.File, _folder.Host).ReadAsync(Cancellation)).Data["mapRoles"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (Writers * Lines), lines.Distinct().Count());
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.Equal(["aws-auth.yaml"], _folder.Names());
    }

    [Fact]
    public async Task A_lock_that_is_held_is_a_conflict_and_never_a_write_without_an_answer()
    {
        var store = new ManifestStore(_folder.Holding(Empty).File, _folder.Host);
        var read = await store.ReadAsync(Cancellation);
        using (await FileLock.TryAcquireAsync(_folder.Host, _folder.File))
        {
            Assert.Equal(
                new Conflicted($"another authmap is writing {_folder.File}"), await store.WriteAsync(read, Roles("- a\n"), Cancellation));

            var editor = new AwsAuthEditor(store, TimeProvider.System);
            var account = new UpsertAccount("111122223333");
            var failure = await FailsAsync(() => editor.ApplyAsync([account], new(TimeSpan.FromMilliseconds(600)), Cancellation));
            Assert.Equal(FailureKind.Conflict, failure.Kind);
            Assert.Equal([$"another authmap is writing {_folder.File}"], failure.Details);

            using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => editor.ApplyAsync([account], new(TimeSpan.FromMinutes(1)), interrupt.Token));
            Assert.Equal(Empty, _folder.Text);
        }

        Assert.IsType<Written>(await store.WriteAsync(read, Roles("- a\n"), Cancellation));
    }

    [Fact]
    public async Task The_mode_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have no modes there");
            return;
        }

        _folder.Holding(Empty);
        foreach (var mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, (UnixFileMode)0b110_100_100, (UnixFileMode)0b111_110_110 })
        {
            File.SetUnixFileMode(_folder.File, mode);
            await WriteAsync(new ManifestStore(_folder.File, _folder.Host), $"- {mode}\n");
            Assert.Equal(mode, File.GetUnixFileMode(_folder.File));
        }
    }

    [Fact]
    public async Task A_symbolic_link_stays_one_and_what_it_names_changes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "real"));
        var real = Path.Combine(_folder.Path, "real", "map.yaml");
        await File.WriteAllTextAsync(real, Empty, Cancellation);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "second"), Path.Combine("real", "map.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "folder"), _folder.Path);
        File.CreateSymbolicLink(_folder.File, Path.Combine("folder", "second"));
        await WriteAsync(new ManifestStore(_folder.File, _folder.Host), "- a\n");
        Assert.Equal(Path.Combine("folder", "second"), new FileInfo(_folder.File).LinkTarget);
        Assert.Contains("- a\n", await File.ReadAllTextAsync(real, Cancellation), StringComparison.Ordinal);
        Assert.Equal(["aws-auth.yaml", "folder", "real", "second"], _folder.Names());
        Assert.Equal([real], Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "real")));
        Assert.Equal(real, RealPath.Of(_folder.File));
    }

    [Fact]
    public async Task Init_makes_a_missing_file_with_the_first_write()
    {
        var store = new ManifestStore(_folder.File, _folder.Host, init: true);
        var read = await store.ReadAsync(Cancellation);
        Assert.True(read.Exists);
        Assert.Empty(read.Data);
        Assert.Empty(_folder.Names());
        Assert.Contains("replaces the whole map", Assert.Single(store.Preview(read, Roles("- a\n"))).Text, StringComparison.Ordinal);
        Assert.IsType<Written>(await store.WriteAsync(read, Roles("- a\n"), Cancellation));
        Assert.Equal(Empty.Replace("[]", "- a", StringComparison.Ordinal), _folder.Text);
        Assert.Equal(["aws-auth.yaml"], _folder.Names());

        Assert.Empty(store.Preview(await store.ReadAsync(Cancellation), Roles("- b\n")));
        Assert.IsType<Conflicted>(await store.WriteAsync(read, Roles("- b\n"), Cancellation));
    }

    [Fact]
    public async Task Init_appends_to_a_file_that_has_none()
    {
        await WriteAsync(new ManifestStore(_folder.Holding("kind: Secret\n").File, _folder.Host, init: true), "[]\n");
        Assert.Equal("kind: Secret\n---\n" + Empty, _folder.Text);
    }
}
