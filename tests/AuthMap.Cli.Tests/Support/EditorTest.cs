using AuthMap.Editing;

namespace AuthMap.Cli.Tests.Support;

/// <summary>Scripts stand for the editor; what the person sees and types goes through a real file.</summary>
public abstract class EditorTest : IDisposable
{
    private protected const string Dev = "arn:aws:iam::111122223333:role/k8sDev";
    private protected const string Admin = "- rolearn: arn:aws:iam::111122223333:role/k8sAdmin\n  username: admin\n  groups: [system:masters]\n";
    private protected const string Roles = $"{Admin}# ann's\n- rolearn: {Dev}\n  username: dev-user\n";

    // The scripts count their runs, and keep what they are shown.
    private const string Prelude = """
        cd "$(dirname "$0")"
        n=$(($(cat runs 2>/dev/null || echo 0) + 1))
        echo $n > runs
        cp "$1" shown$n
        echo "$1" | tee -a paths > path
        change() { sed "$@" > new && cat new > "$FILE" && rm new; }
        FILE=$1

        """;

    /// <summary>Where the scripts are, and leave what they were shown.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("authmap editor-").FullName;

    private protected FakeCluster Cluster { get; set; } = new(Roles);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        var paths = Path.Combine(Folder, "paths");
        foreach (var kept in File.Exists(paths) ? File.ReadLines(paths).Select(Path.GetDirectoryName).Where(Directory.Exists).Distinct() : [])
        {
            Directory.Delete(kept!, recursive: true);
        }

        Directory.Delete(Folder, recursive: true);
    }

    protected static Dictionary<string, string> NoColour => new() { ["NO_COLOR"] = "1" };

    private protected Task<RunResult> EditAsync(string script, params string[] args) => RunAsync(new TestRun(), Editor(script), args);

    private protected Task<RunResult> EditOnTerminalAsync(string script, string typed = "y\n", params string[] args) =>
        RunAsync(new TestRun { IsTerminal = true, Typed = typed, Environment = NoColour }, Editor(script), args);

    private protected Task<RunResult> EditWhileAsync(string script, string meanwhile, string? typed = null) => RunAsync(
        new TestRun
        {
            Connector = (_, _, _) => new(new Overtaken(Cluster, () => Cluster.Overwrite(meanwhile)), null),
            IsTerminal = typed is not null,
            Typed = typed,
            Environment = NoColour,
        },
        Editor(script));

    private protected Task<RunResult> RunAsync(TestRun run, string editor, params string[] args) => (run with
    {
        Connector = run.Connector ?? ((_, _, _) => new(Cluster, null)),
        Environment = new Dictionary<string, string>(run.Environment) { ["EDITOR"] = editor },
    }).OfAsync(["edit", .. args]);

    protected string Editor(string script)
    {
        var path = Path.Combine(Folder, "editor.sh");
        File.WriteAllText(path, Prelude.ReplaceLineEndings("\n") + script + "\n");
        return $"sh '{path}'";
    }

    protected string Seen(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Something happens between the first read and the second.</summary>
    private protected sealed class Overtaken(FakeCluster inner, Action happens) : IAwsAuthStore
    {
        private int _reads;

        public string Target => inner.Target;

        public Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
        {
            if (++_reads == 2)
            {
                happens();
            }

            return inner.ReadAsync(cancellationToken);
        }

        public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

        public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken) =>
            inner.WriteAsync(read, write, cancellationToken);
    }
}
