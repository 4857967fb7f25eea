using AuthMap.Benchmarks.Stages;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;
using BenchmarkDotNet.Attributes;

namespace AuthMap.Benchmarks.Micro;

/// <summary>The work on the text alone, without process, network and server.</summary>
/// <remarks>BenchmarkDotNet derives from it, so it is not sealed.</remarks>
public class MapBenchmarks
{
    private Dictionary<string, string> data = [];
    private AwsAuthDocument document = AwsAuthDocument.Parse(new Dictionary<string, string>());
    private UpsertPrincipal wish = null!;

    [Params(10, 100, 1_000, 5_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var newcomer = new Newcomer("newcomer");
        data = new Dictionary<string, string> { ["mapRoles"] = MapText.Of(Entries) };
        document = AwsAuthDocument.Parse(data);
        wish = new UpsertPrincipal(
            MappingKind.Role, newcomer.Arn, newcomer.Username, ["developers"], MergeGroups: false, [], DuplicatePolicy.Update);
    }

    /// <summary>Reads the text as the authenticator reads it.</summary>
    [Benchmark]
    public AwsAuthDocument Decode() => AwsAuthDocument.Parse(data);

    /// <summary>Carries one new entry into the text, and proves it.</summary>
    [Benchmark]
    public Section Splice() => SectionEditor.Apply(
        document[SectionKey.MapRoles], [new AppendEntry(new RoleMapping(wish.Arn, wish.Username!, wish.Groups))]);

    /// <summary>Works out what one new mapping changes, splicing included.</summary>
    [Benchmark]
    public Plan Plan() => Planner.Plan(document, [wish]);
}
