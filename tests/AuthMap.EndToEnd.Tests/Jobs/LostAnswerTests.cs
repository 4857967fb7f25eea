namespace AuthMap.EndToEnd;

/// <summary>Servers and networks that fail in passing: the change happens once, and the program says so.</summary>
public sealed class LostAnswerTests(ApiServer server) : ProxiedTest(server)
{
    public static TheoryData<string> Passing => ["429", "500", "503", "hang up", "truncate", "swallow", "500 at the end"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_read_that_fails_in_passing_is_asked_again(string what)
    {
        Proxy.Next(HttpMethod.Get, Fault(what));

        var result = (await ThroughProxyAsync("get", "-o", "name")).Succeeded();

        Assert.Equal(0, Proxy.FaultsLeft);
        Assert.Equal("GET GET", Asked);
        Assert.EndsWith("NodeInstanceRole-14TKBWBD7KWFH\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_write_that_fails_in_passing_happens_once(string what)
    {
        Proxy.Next(HttpMethod.Patch, Fault(what));

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(0, Proxy.FaultsLeft);
        Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task The_first_write_of_a_cluster_that_fails_in_passing_happens_once(string what)
    {
        await Server.ResetAsync();
        Proxy.Next(HttpMethod.Post, Fault(what));

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal(0, Proxy.FaultsLeft);
        Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_write_is_put_off_for_as_long_as_the_server_asks()
    {
        Proxy.Next(HttpMethod.Patch, Faults.TooManyRequests(retryAfter: 30));

        var result = await ThroughProxyAsync("create", [.. Maps.CreateDev, "--timeout", "5s"]);

        // It would be late anyway, so it does not wait.
        Assert.Equal(8, result.ExitCode);
        Assert.Contains("too many requests", result.Error, StringComparison.Ordinal);
        Assert.Equal("GET PATCH", Asked);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_settled_by_reading_back()
    {
        Proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);

        var result = (await ThroughProxyAsync("create", Maps.CreateDev)).Succeeded();

        Assert.Equal("GET PATCH GET", Asked);
        Assert.Contains("note: the answer to the write was lost; reading back shows that it happened\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("editor: 1 added\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData("swallow")]
    [InlineData("truncate")]
    [InlineData("500 at the end")]
    public async Task An_append_whose_answer_is_lost_is_not_doubled(string what)
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);
        Proxy.Next(HttpMethod.Patch, Fault(what));

        (await ThroughProxyAsync("create", [.. Maps.CreateDev, "--allow-duplicate"])).Succeeded();

        Assert.Equal("GET PATCH GET", Asked);
        Assert.Equal(Maps.DevEntry + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_is_not_doubled_when_others_wrote_since()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);
        Proxy.Next(HttpMethod.Patch, async exchange =>
        {
            await exchange.ForwardAsync();
            (await RunAsync("create", "--arn", Maps.Other, "--username", "other")).Succeeded();
            exchange.HangUp();
        });

        (await ThroughProxyAsync("create", [.. Maps.CreateDev, "--allow-duplicate"])).Succeeded();

        Assert.Equal(
            Maps.DevEntry + Maps.DevEntry + Maps.Role(Maps.Other, "other"), await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_delete_whose_answer_is_lost_does_not_complain_that_nothing_is_there()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes + Maps.DevEntry);
        Proxy.Next(HttpMethod.Patch, Faults.SwallowAnswer);

        var result = (await ThroughProxyAsync("delete", "--arn", Maps.Dev)).Succeeded();

        Assert.Equal("GET POST PATCH GET", Asked);
        Assert.Contains($"- role  {Maps.Dev}  →  dev-user\neditor: 1 removed\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(Maps.Nodes, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_write_that_arrives_late_is_not_repeated()
    {
        await Server.AwsAuth.PutAsync(mapRoles: Maps.DevEntry);
        Task? late = null;
        Proxy.Next(HttpMethod.Patch, exchange =>
        {
            // The connection breaks, and what it carried reaches the server after the program has read back.
            Proxy.Next(HttpMethod.Patch, Faults.Before(_ => late = exchange.ForwardAsync()));
            exchange.HangUp();
            return Task.CompletedTask;
        });

        (await ThroughProxyAsync("create", [.. Maps.CreateDev, "--allow-duplicate"])).Succeeded();

        await late!;
        Assert.Equal(Maps.DevEntry + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    private static Fault Fault(string what) => what switch
    {
        "429" => Faults.TooManyRequests(retryAfter: 0),
        "500" => Faults.InternalError,
        "503" => Faults.Unavailable,
        "hang up" => Faults.HangUp,
        "truncate" => Faults.Truncate(10),
        "swallow" => Faults.SwallowAnswer,
        "500 at the end" => FailAtTheEnd,
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    // The server did it, and failed only then.
    private static async Task FailAtTheEnd(Exchange exchange)
    {
        await exchange.ForwardAsync();
        await Faults.InternalError(exchange);
    }
}
