using System.Text;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Eks;
using AuthMap.Cluster.Tests.Support;
using AuthMap.Editing;

namespace AuthMap.Cluster.Tests.Eks;

/// <summary>The cluster "dev" behind EKS and STS on loopback, and a machine with credentials but without a kubeconfig.</summary>
public abstract class EksTest : IAsyncLifetime
{
    private protected const string Alice = "arn:aws:iam::111122223333:user/alice";

    private protected TestAuthority Authority { get; } = new();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected Workspace Work { get; } = new();

    private protected AwsFake Aws { get; private set; } = null!;

    private protected ApiServerFake Server { get; private set; } = null!;

    private protected ShiftedClock Clock { get; } = new();

    private protected List<string> Log { get; } = [];

    /// <summary>What DescribeCluster answers.</summary>
    private protected JsonObject Cluster { get; private set; } = null!;

    /// <summary>The names that ListClusters answers, a page each.</summary>
    private protected string[][] Pages { get; set; } = [["dev"]];

    private protected int Described => Aws.Calls.Count(call => call.Target.StartsWith("/clusters/", StringComparison.Ordinal));

    private protected string CacheFolder => Work.Path("home/.cache/authmap");

    private protected string CacheFile => Directory.GetFiles(CacheFolder).Single();

    public async ValueTask InitializeAsync()
    {
        Aws = await AwsFake.StartAsync();
        Server = (await ApiServerFake.StartAsync(Authority.Server(["127.0.0.1"]))).With(("mapRoles", "[]\n"));
        Cluster = Describe(Server.Port, Authority);
        Aws.Instead = call => call.Target.Split('?') switch
        {
            ["/clusters/dev"] => Answer(new JsonObject { ["cluster"] = Cluster.DeepClone() }),
            ["/clusters"] => Page(0),
            ["/clusters", var query] => Page(int.Parse(query.Split("nextToken=")[1])),
            _ => null,
        };
        Work.Set("AWS_ENDPOINT_URL", Aws.Url.AbsoluteUri).Set("AWS_EC2_METADATA_DISABLED", "true").Set("AWS_REGION", "eu-west-1")
            .Set("AWS_MAX_ATTEMPTS", "1");
        Be("AKIDEXAMPLE", Aws.Keys["AKIDEXAMPLE"].Secret);
    }

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        await Server.DisposeAsync();
        Authority.Dispose();
        Work.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Be(string key, string secret) => Work.Set("AWS_ACCESS_KEY_ID", key).Set("AWS_SECRET_ACCESS_KEY", secret);

    private protected void Replace(JsonObject cluster) => Cluster = cluster;

    private protected static JsonObject Describe(int port, TestAuthority authority) => new()
    {
        ["name"] = "dev",
        ["arn"] = "arn:aws:eks:eu-west-1:111122223333:cluster/dev",
        ["status"] = "ACTIVE",
        ["endpoint"] = $"https://127.0.0.1:{port}",
        ["certificateAuthority"] = new JsonObject { ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(authority.Pem)) },
        ["accessConfig"] = new JsonObject { ["authenticationMode"] = "API_AND_CONFIG_MAP" },
        ["resourcesVpcConfig"] = new JsonObject { ["endpointPublicAccess"] = true, ["publicAccessCidrs"] = new JsonArray("0.0.0.0/0") },
    };

    private protected EksTarget Target(bool useCache = true, string name = "dev") =>
        new EksConnector(Work.Host, Clock, new EksOptions("1.2.3") { Log = Line }).Resolve(new(name, new AwsSettings(), useCache));

    /// <summary>Reads the map as a run of the program does.</summary>
    private protected async Task<Snapshot> ReadAsync(bool useCache = true, string name = "dev", TimeSpan? timeout = null)
    {
        using var target = Target(useCache, name);
        return await new AwsAuthEditor(target.Store, TimeProvider.System).ReadAsync(timeout ?? TimeSpan.FromSeconds(30), Stop);
    }

    private protected Task<Failure> FailAsync(FailureKind kind, string name = "dev", TimeSpan? timeout = null) =>
        Expect.FailureAsync(kind, () => ReadAsync(name: name, timeout: timeout));

    private void Line(string line)
    {
        lock (Log)
        {
            Log.Add(line);
        }
    }

    private AwsAnswer Page(int number) => Answer(new JsonObject
    {
        ["clusters"] = new JsonArray([.. Pages[number].Select(name => (JsonNode)name)]),
        ["nextToken"] = number + 1 < Pages.Length ? $"{number + 1}" : null,
    });

    private static AwsAnswer Answer(JsonObject body) => new(200, body.ToJsonString(), ("Content-Type", "application/json"));

    private protected sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
