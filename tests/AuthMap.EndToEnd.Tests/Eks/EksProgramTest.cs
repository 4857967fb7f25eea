namespace AuthMap.EndToEnd;

/// <summary>A test of the program against the EKS cluster, with nothing but AWS credentials in its environment.</summary>
public abstract class EksProgramTest(EksCluster cluster) : EksTest(cluster)
{
    protected AuthMapProgram Program { get; } = new();

    /// <summary>Where the program keeps what EKS said.</summary>
    protected string CacheFolder => Path.Combine(Program.Home, ".cache", "authmap");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Program.Environment["AWS_ENDPOINT_URL_EKS"] = Cluster.Eks.Address.AbsoluteUri;
        Program.Environment["AWS_ENDPOINT_URL_STS"] = Cluster.Sts.Address.AbsoluteUri;
        Program.Environment["AWS_REGION"] = EksCluster.Region;
        Program.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public override async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts somebody's keys into the program's environment; null takes them away.</summary>
    protected void ActAs(Principal? principal)
    {
        Set("AWS_ACCESS_KEY_ID", principal?.AccessKeyId);
        Set("AWS_SECRET_ACCESS_KEY", principal?.SecretAccessKey);
        Set("AWS_SESSION_TOKEN", principal?.SessionToken);

        void Set(string name, string? value)
        {
            Program.Environment.Remove(name);
            if (value is not null)
            {
                Program.Environment[name] = value;
            }
        }
    }

    /// <summary>Runs a verb on identity mappings of the cluster, with the keys that are in the environment.</summary>
    protected Task<ProcessResult> RunAsync(string verb, params string[] arguments) => Program.RunAsync(Command(verb, arguments));

    /// <summary>Runs it with somebody's keys.</summary>
    protected Task<ProcessResult> RunAsync(Principal principal, string verb, params string[] arguments)
    {
        ActAs(principal);
        return RunAsync(verb, arguments);
    }

    /// <summary>The same command line, for a test that starts it in its own way.</summary>
    protected static string[] Command(string verb, params string[] arguments) =>
        [verb, "iamidentitymapping", "--cluster", EksCluster.Name, .. arguments];

    /// <summary>Writes a file into the program's home.</summary>
    protected string WriteFile(string name, string text)
    {
        var path = Path.Combine(Program.Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Waits until tokens are other ones: they tell the second, and the API server remembers for a while who it let in.</summary>
    protected static Task NextSecondAsync() =>
        Task.Delay(1000 - DateTime.UtcNow.Millisecond + 5, TestContext.Current.CancellationToken);

    protected static void Contains(string expected, string text) => Assert.Contains(expected, text, StringComparison.Ordinal);
}
