using AuthMap.Cli.Commands;
using AuthMap.Cli.Tests.Support;
using AuthMap.Cluster.Aws;

namespace AuthMap.Cli.Tests;

/// <summary>eksctl's command lines, flag by flag as its own help lists them.</summary>
public sealed class EksctlTests : IDisposable
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";

    private const string Config = $"""
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {"{"} name: eksworkshop, region: eu-west-1 {"}"}
        iamIdentityMappings:
        - arn: {Arn}
          username: dev-user
          groups: [view]
        - arn: arn:aws:iam::111122223333:user/ann
          username: ann
          noDuplicateARNs: true
        - account: "444455556666"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("authmap-eksctl-").FullName;
    private readonly FakeCluster _cluster = new("[]");
    private readonly List<Source> _sources = [];

    /// <summary>Flag, value (null for none), and the verbs that have it.</summary>
    public static TheoryData<string, string?, string> Flags => new()
    {
        { "--arn", Arn, "create get delete" },
        { "--role", Arn, "create get delete" },
        { "--username", "dev-user", "create" },
        { "--group", "view,edit", "create" },
        { "--account", "111122223333", "create delete" },
        { "--service-name", "emr-containers", "create" },
        { "--namespace", "spark", "create" },
        { "--no-duplicate-arns", null, "create" },
        { "--all", null, "delete" },
        { "--output", "json", "get" },
        { "-o", "yaml", "get" },
        { "--chunk-size", "100", "get" },
        { "--cluster", "eksworkshop", "create get delete" },
        { "-c", "eksworkshop", "create get delete" },
        { "--name", "eksworkshop", "create get delete" },
        { "-n", "eksworkshop", "create get delete" },
        { "--region", "eu-west-1", "create get delete" },
        { "-r", "eu-west-1", "create get delete" },
        { "--config-file", "FILE", "create get delete" },
        { "-f", "FILE", "create get delete" },
        { "--timeout", "25m0s", "create get delete" },
        { "--profile", "dev", "create get delete" },
        { "-p", "dev", "create get delete" },
        { "--verbose", "4", "create get delete" },
        { "-v", "0", "create get delete" },
        { "--color", "fabulous", "create get delete" },
        { "-C", "false", "create get delete" },
        { "--dumpLogs", null, "create get delete" },
        { "-d", null, "create get delete" },
        { "--help", null, "create get delete" },
        { "-h", null, "create get delete" },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public async Task Every_flag_is_taken_by_the_commands_that_have_it(string flag, string? value, string verbs)
    {
        foreach (var verb in verbs.Split(' '))
        {
            _cluster.Overwrite($"- rolearn: {Arn}\n  username: dev-user\n");
            string[] given = value is null ? [flag] : [flag, value == "FILE" ? File(Config) : value];
            var result = await RunAsync([verb, "iamidentitymapping", .. given, .. Rest(flag, verb)]);

            // A service is mapped on clusters that are known by their ARN, which this one is not.
            var expected = flag is "--service-name" or "--namespace" ? 2 : 0;
            Assert.True(expected == result.ExitCode, $"{verb} {string.Join(' ', given)}: exit {result.ExitCode}\n{result.Err}");
            Assert.Equal(flag is "--role" or "--name" or "-n", result.Err.Contains("is deprecated; use", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("create", "--cluster", "eksworkshop", "--arn", Arn, "--username", "dev-user")]
    [InlineData("create", "eksworkshop", "--arn", Arn, "--username", "dev-user")]
    [InlineData("create", "--arn", Arn, "--username", "dev-user", "-n", "eksworkshop")]
    public async Task A_cluster_is_named_in_three_ways(string verb, params string[] rest)
    {
        Assert.Equal(0, (await RunAsync([verb, "iamidentitymapping", .. rest])).ExitCode);
        Assert.Equal(new ClusterSource("eksworkshop", new AwsSettings()), Assert.Single(_sources));
    }

    [Theory]
    [InlineData("only one argument is allowed to be used as a name", "get", "a", "b")]
    [InlineData("--cluster=a and argument b cannot be used at the same time", "get", "b", "--cluster", "a")]
    [InlineData("--name is the old name of --cluster; give one", "get", "--name", "b", "--cluster", "a")]
    [InlineData("--manifest and the argument b name two places; give one", "get", "b", "--manifest", "a")]
    [InlineData("unknown option \"--clustr\"", "get", "--clustr", "a")]
    [InlineData("cannot use --cluster when --config-file/-f is set", "get", "-f", "x.yaml", "--cluster", "a")]
    [InlineData("cannot use --name when --config-file/-f is set", "get", "-f", "x.yaml", "-n", "a")]
    [InlineData("cannot use --region when --config-file/-f is set", "delete", "-f", "x.yaml", "--region", "eu-west-1", "--arn", Arn)]
    [InlineData("cannot use the argument a when --config-file/-f is set", "create", "-f", "x.yaml", "a")]
    [InlineData("cannot use --arn when --config-file/-f is set", "create", "-f", "x.yaml", "--arn", Arn)]
    [InlineData("cannot use --namespace when --config-file/-f is set", "create", "-f", "x.yaml", "--namespace", "n")]
    [InlineData("cannot use --no-duplicate-arns when --config-file/-f is set", "create", "-f", "x.yaml", "--no-duplicate-arns")]
    [InlineData("account cannot be configured with any other options", "create", "--account", "111122223333", "--username", "a")]
    [InlineData("namespace is required when using serviceName", "create", "--service-name", "emr-containers")]
    [InlineData("serviceName is required when using namespace", "create", "--namespace", "a")]
    [InlineData("neither username nor group are set for iam identity", "create", "--arn", Arn)]
    [InlineData("--output cannot be \"xml\"", "get", "-o", "xml")]
    [InlineData("there is no file x.yaml", "create", "-f", "x.yaml")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_contacted(string message, string verb, params string[] rest)
    {
        var result = await RunAsync([verb, "iamidentitymapping", .. rest]);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith($"error: {message}", result.Err, StringComparison.Ordinal);
        Assert.Empty(_sources);
    }

    [Fact]
    public async Task A_config_file_names_the_cluster_and_its_mappings_are_one_write()
    {
        var result = await RunAsync("create", "iamidentitymapping", "-f", File(Config), "--profile", "dev");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(new ClusterSource("eksworkshop", new AwsSettings { Region = "eu-west-1", Profile = "dev" }), Assert.Single(_sources));
        Assert.Equal(1, _cluster.Writes);
        Assert.Equal(
            $"+ role  {Arn}  →  dev-user  (view)\n+ user  arn:aws:iam::111122223333:user/ann  →  ann\n+ account  444455556666\ndev: 3 added\n",
            result.Err);
        Assert.Equal(0, (await RunAsync("create", "iamidentitymapping", "-f", File(Config))).ExitCode);
        Assert.Equal(1, _cluster.Writes);
    }

    [Fact]
    public async Task A_config_file_comes_from_standard_input_too()
    {
        var result = await new TestRun { Connector = Connect, In = System.Text.Encoding.UTF8.GetBytes(Config) }
            .OfAsync(["create", "iamidentitymapping", "-f", "-"]);

        Assert.Equal((0, 1), (result.ExitCode, _cluster.Writes));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("delete", "--arn", Arn, "--ignore-not-found")]
    public async Task Get_and_delete_take_the_cluster_from_a_config_file_and_let_its_list_be(string verb, params string[] rest)
    {
        Assert.Equal(0, (await RunAsync([verb, "iamidentitymapping", "-f", File(Config), .. rest])).ExitCode);
        Assert.Equal(new ClusterSource("eksworkshop", new AwsSettings { Region = "eu-west-1" }), Assert.Single(_sources));
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public async Task A_config_file_beats_the_usual_cluster_and_yields_to_a_named_place()
    {
        var file = File(Config);
        var usual = new Dictionary<string, string> { ["AUTHMAP_CLUSTER"] = "other" };
        await new TestRun { Connector = Connect, Environment = usual }.OfAsync(["get", "iamidentitymapping", "-f", file]);
        Assert.Equal("eksworkshop", Assert.IsType<ClusterSource>(Assert.Single(_sources)).Cluster);

        var result = await RunAsync("get", "iamidentitymapping", "-f", file, "--context", "prod");

        Assert.Equal(new ContextSource(null, "prod"), _sources[^1]);
        Assert.Equal($"note: {file} is for the cluster eksworkshop; working on --context prod as asked\n", result.Err);
    }

    [Fact]
    public async Task A_mapping_that_a_file_wants_unshadowed_fails_as_in_eksctl()
    {
        _cluster.Overwrite("- rolearn: arn:aws:iam::111122223333:user/ann\n  username: other\n");

        var result = await RunAsync("create", "iamidentitymapping", "-f", File(Config));

        Assert.Equal((1, 0), (result.ExitCode, _cluster.Writes));
        Assert.Contains("found existing mapping with the same arn", result.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_mappings_is_nothing_to_do()
    {
        var file = File("apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: a, region: eu-west-1 }\n");

        Assert.Equal(new(0, "", $"note: {file} lists no identity mappings\n"), await RunAsync("create", "iamidentitymapping", "-f", file));
    }

    [Fact]
    public async Task An_empty_map_lists_in_eksctls_words() =>
        Assert.Equal(new(0, "No iamidentitymappings found\n", ""), await RunAsync("get", "iamidentitymapping", "--cluster", "a"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What a command line with this flag needs besides.
    private static string[] Rest(string flag, string verb) => (verb, flag) switch
    {
        (_, "--help" or "-h") => [],
        ("create", "--config-file" or "-f") => [],
        ("create", "--arn" or "--role") => ["--username", "dev-user", "--cluster", "eksworkshop"],
        ("create", "--account") => ["--cluster", "eksworkshop"],
        ("create", "--service-name") => ["--namespace", "spark", "--cluster", "eksworkshop"],
        ("create", "--namespace") => ["--service-name", "emr-containers", "--cluster", "eksworkshop"],
        ("create", "--username" or "--group") => ["--arn", Arn, "--cluster", "eksworkshop"],
        ("delete", "--account") => ["--ignore-not-found", "--cluster", "eksworkshop"],
        ("delete", "--arn" or "--role") => ["--cluster", "eksworkshop"],
        ("delete", "--all") => ["--arn", Arn, "--cluster", "eksworkshop"],
        (_, "--cluster" or "-c" or "--name" or "-n" or "--config-file" or "-f") => verb == "get" ? [] : ["--arn", Arn, .. Username(verb)],
        _ => verb == "get" ? ["--cluster", "eksworkshop"] : ["--cluster", "eksworkshop", "--arn", Arn, .. Username(verb)],
    };

    private static string[] Username(string verb) => verb == "create" ? ["--username", "dev-user"] : [];

    private string File(string text)
    {
        var path = Path.Combine(_folder, $"{text.Length}.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private ConnectedPlace Connect(Source source, Session session, bool initialize)
    {
        _sources.Add(source);
        return new(_cluster, null);
    }

    private Task<RunResult> RunAsync(params string[] args) => new TestRun { Connector = Connect }.OfAsync(args);
}
