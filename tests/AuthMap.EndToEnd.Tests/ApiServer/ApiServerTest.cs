namespace AuthMap.EndToEnd;

/// <summary>One server for all: its tests share aws-auth, so they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedApiServer : ICollectionFixture<ApiServer>
{
    public const string Name = "API server";
}

/// <summary>A test against the real server. Each one begins with a cluster that has no aws-auth.</summary>
[Collection(SharedApiServer.Name)]
public abstract class ApiServerTest(ApiServer server) : IAsyncLifetime
{
    protected ApiServer Server { get; } = server;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Server.Require();
        await Server.ResetAsync();
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
