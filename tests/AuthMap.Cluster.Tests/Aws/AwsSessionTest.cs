using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

/// <summary>A workspace beside AWS on loopback.</summary>
public abstract class AwsSessionTest : IAsyncLifetime
{
    private protected Workspace Work { get; } = new();

    private protected AwsFake Fake { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the log got.</summary>
    private protected List<string> Log { get; } = [];

    private protected string? MfaCode { get; set; }

    private protected TimeProvider Clock { get; set; } = TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        Fake = await AwsFake.StartAsync();
        Work.Set("AWS_ENDPOINT_URL", Fake.Url.AbsoluteUri).Set("AWS_EC2_METADATA_DISABLED", "true").Set("USER", "zoë");
    }

    public async ValueTask DisposeAsync()
    {
        await Fake.DisposeAsync();
        Work.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected AwsSession Open(AwsSettings? settings = null) => AwsSession.Open(
        settings ?? new AwsSettings(),
        Work.Host,
        new AwsOptions("1.2.3") { Log = Log.Add, AskMfaCode = _ => MfaCode },
        Clock);

    private protected Workspace Keys() => Work
        .Set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .Set("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        .Set("AWS_REGION", "eu-west-1");

    private protected Workspace Config(string text)
    {
        Work.Write("home/.aws/config", text);
        return Work;
    }

    private protected Workspace Credentials(string text)
    {
        Work.Write("home/.aws/credentials", text);
        return Work;
    }

    /// <summary>Profile "base" with the keys of alice.</summary>
    private protected Workspace Base() => Credentials("""
        [base]
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
        """).Set("AWS_REGION", "eu-west-1");
}
