using AuthMap.Benchmarks.Measuring;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Reports;
using AuthMap.Benchmarks.Rows;
using AuthMap.Benchmarks.Stages;
using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks;

/// <summary>What the rows share: the server, the tools, and the report that they write into.</summary>
internal sealed class Bench(
    ApiServer server, Launcher launcher, AuthMapTool product, IReadOnlyList<Tool> peers, int rounds, string folder)
{
    private readonly List<Line> lines = [];
    private readonly List<Table> tables = [];
    private readonly List<string> notes = [];

    public ApiServer Server => server;

    public Launcher Launcher => launcher;

    public AuthMapTool Product => product;

    public IReadOnlyList<Tool> Peers => peers;

    public int Rounds => rounds;

    public IReadOnlyList<Line> Lines => lines;

    public IReadOnlyList<Table> Tables => tables;

    public IReadOnlyList<string> Notes => notes;

    public void Add(Line line) => lines.Add(line);

    public void Add(Table table) => tables.Add(table);

    /// <summary>Remembers that something could not be measured, and why.</summary>
    public void Note(string note)
    {
        notes.Add(note);
        Say(note);
    }

    /// <summary>Tells the person who waits.</summary>
    public static void Say(string text) => Console.Error.WriteLine($"benchmarks: {text}");

    /// <summary>A stage for this map, at the server itself.</summary>
    public async Task<Stage> StageAsync(string mapRoles) => await StageAsync(mapRoles, server.Address);

    /// <summary>A stage for this map, seen through something at another address that stands before the server.</summary>
    public async Task<Stage> StageAsync(string mapRoles, Uri address)
    {
        var kubeconfig = await server.WriteKubeconfigAsync(address, Credential.Certificate, server.Admin);
        var stage = new Stage(server, launcher, new Place(kubeconfig, Cluster: null, Manifest: null, Home()));
        await stage.FillAsync(mapRoles, product);
        return stage;
    }

    /// <summary>An environment with an empty home and nothing of the developer's.</summary>
    public Dictionary<string, string> Home() => new()
    {
        ["HOME"] = Directory.CreateDirectory(Path.Combine(folder, $"home-{Guid.NewGuid():N}")).FullName,
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
    };

    /// <summary>A folder for files of a row.</summary>
    public string Folder => folder;

    /// <summary>Runs the product and those peers that can take part, in one alternation.</summary>
    public async Task<(Summary Ours, IReadOnlyList<Summary> Theirs)> CompareAsync(Stage stage, Contest contest)
    {
        var able = new List<Contestant>();
        foreach (var contestant in peers.Select(peer => contest(peer, stage)).OfType<Contestant>())
        {
            try
            {
                await new Alternation(launcher, rounds: 1).RunAsync([contestant]);
                able.Add(contestant);
            }
            catch (BenchmarkException exception)
            {
                Note(exception.Message);
            }
        }

        var all = await new Alternation(launcher, rounds).RunAsync([contest(product, stage)!, .. able]);
        return (all[0], [.. all.Skip(1)]);
    }
}
