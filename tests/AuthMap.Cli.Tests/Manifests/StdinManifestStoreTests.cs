using AuthMap.Cluster.Manifests;
using AuthMap.Editing;
using static AuthMap.Cli.Tests.Manifests.ManifestFolder;

namespace AuthMap.Cli.Tests.Manifests;

public sealed class StdinManifestStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_in_goes_out_unless_something_is_written()
    {
        var bytes = ManifestBytes.Encode("\ufeff" + Empty);
        using var input = new MemoryStream(bytes);
        var store = new StdinManifestStore(input);
        var read = await store.ReadAsync(Cancellation);
        Assert.Equal(bytes, store.Result.ToArray());

        Assert.Empty(store.Preview(read, Roles("- a\n")));
        Assert.Equal("\ufeff" + Empty, store.ResultText);

        Assert.IsType<Written>(await store.WriteAsync(read, Roles("- a\n"), Cancellation));
        Assert.Equal("\ufeff" + Empty.Replace("[]", "- a", StringComparison.Ordinal), store.ResultText);

        Assert.IsType<Conflicted>(await store.WriteAsync(read, Roles("- b\n"), Cancellation));
        Assert.Equal("- a\n", (await store.ReadAsync(Cancellation)).Data["mapRoles"]);
    }

    [Fact]
    public async Task Init_makes_a_manifest_of_nothing()
    {
        using var input = new MemoryStream();
        var store = new StdinManifestStore(input, init: true);
        var read = await store.ReadAsync(Cancellation);
        Assert.Equal("", store.ResultText);
        Assert.Single(store.Preview(read, Roles("[]\n")));
        await store.WriteAsync(read, Roles("[]\n"), Cancellation);
        Assert.Equal(Empty, store.ResultText);
    }

    [Fact]
    public async Task What_is_no_manifest_is_refused_and_named()
    {
        using var input = new MemoryStream([0]);
        var failure = await FailsAsync(() => new StdinManifestStore(input).ReadAsync(Cancellation));
        Assert.Equal((FailureKind.Refused, "standard input is not a text file: byte 1 is zero"), (failure.Kind, failure.Message));
    }
}
