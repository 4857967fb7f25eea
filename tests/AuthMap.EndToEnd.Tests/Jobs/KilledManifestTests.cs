namespace AuthMap.EndToEnd;

/// <summary>The program is killed while it writes a manifest: the file is whole, and the lock of a dead run locks nobody out.</summary>
public sealed class KilledManifestTests : IDisposable
{
    // So many comments that to put them on disk takes a moment.
    private static readonly string Before =
        string.Concat(Enumerable.Repeat("# a line of a file that many people have written into over many years\n", 60_000))
        + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n"
        + $"    - rolearn: {Maps.Other}\n      username: other\n";

    private static readonly string After = Before + $"    - rolearn: {Maps.Dev}\n      username: dev-user\n";

    private readonly AuthMapProgram program = new();
    private readonly string manifest;
    private readonly string[] create;

    public KilledManifestTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the places of locks and temporary files are those of Linux");
        program.Environment["XDG_RUNTIME_DIR"] = program.Home;
        Directory.CreateDirectory(Path.Combine(program.Home, "work"));
        manifest = Path.Combine(program.Home, "work", "aws-auth.yaml");
        File.WriteAllText(manifest, Before);
        create = ["create", "mapping", "--manifest", manifest, .. Maps.CreateDev];
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] Temporary => Directory.GetFiles(Path.GetDirectoryName(manifest)!, ".authmap-*.tmp");

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Killed_with_the_new_file_half_written_the_old_one_stays_and_the_next_run_goes_through()
    {
        // It may be faster than whoever watches; then the change is made, which is as good, and it is tried again.
        var isHalfWay = false;
        for (var i = 0; i < 50 && !isHalfWay; i++)
        {
            File.WriteAllText(manifest, Before);
            await using (var running = program.Start(create))
            {
                var end = running.WaitAsync(cancellation: Cancellation);
                while (Temporary.Length == 0 && !end.IsCompleted)
                {
                    await Task.Yield();
                }

                await running.KillAsync();
            }

            isHalfWay = Temporary.Length > 0;
            Assert.Equal(isHalfWay ? Before : After, await File.ReadAllTextAsync(manifest, Cancellation));
        }

        if (!isHalfWay)
        {
            // The program was always faster than the one who was to kill it; the file was whole each time.
            await File.WriteAllTextAsync(manifest, Before, Cancellation);
        }

        var again = (await program.RunAsync(create)).Succeeded();
        Assert.EndsWith(": 1 added\n", again.Error, StringComparison.Ordinal);
        Assert.Equal(After, await File.ReadAllTextAsync(manifest, Cancellation));
    }

    [Fact]
    public async Task Killed_while_it_waits_for_the_lock_it_has_written_nothing_and_holds_nobody_up()
    {
        (await program.RunAsync(create)).Succeeded();
        File.WriteAllText(manifest, Before);
        var lockFile = Assert.Single(Directory.GetFiles(program.Home, "*.lock", SearchOption.AllDirectories));
        using (new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            var refused = await program.RunAsync([.. create, "--timeout", "2s"]);
            Assert.Equal(5, refused.ExitCode);

            // Whenever it dies: as long as another one has the lock, the file is the old one.
            await using var running = program.Start(create);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            await running.KillAsync();
            Assert.Equal(Before, await File.ReadAllTextAsync(manifest, Cancellation));
        }

        (await program.RunAsync(create)).Succeeded();
        Assert.Equal(After, await File.ReadAllTextAsync(manifest, Cancellation));
    }
}
