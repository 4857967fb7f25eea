using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthMap.Cluster.Tests.Eks;

/// <summary>What a file of the cache holds, and what it takes to be believed.</summary>
public sealed class CacheFileTests : EksTest
{
    [Fact]
    public async Task What_is_kept_is_the_answer_and_whose_it_is()
    {
        await ReadAsync();

        var text = await File.ReadAllTextAsync(CacheFile, Stop);
        var entry = JsonNode.Parse(text)!;
        var authority = JsonEncodedText.Encode((string)Cluster["certificateAuthority"]!["data"]!);
        Assert.Equal(
            $$$"""
            {"key":{"api":"{{{Aws.Url}}}","region":"eu-west-1","cluster":"dev","identity":"{{{entry["key"]!["identity"]}}}"},"stored":"{{{entry["stored"]}}}","cluster":{"arn":"arn:aws:eks:eu-west-1:111122223333:cluster/dev","tokenId":"dev","status":"ACTIVE","endpoint":"https://127.0.0.1:{{{Server.Port}}}","authorityData":"{{{authority}}}","authenticationMode":"API_AND_CONFIG_MAP","endpointPublicAccess":true,"publicNetworks":null}}
            """,
            text);
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.Parse((string)entry["stored"]!, CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("key", "api", "null", "1", "[]")]
    [InlineData("key", "region", "null", "1", "{}")]
    [InlineData("key", "cluster", "null", "true", "[\"dev\"]")]
    [InlineData("key", "identity", "null", "1", "\"\\ud800\"")]
    [InlineData("cluster", "arn", "null", "1")]
    [InlineData("cluster", "tokenId", "null", "1")]
    [InlineData("cluster", "status", "null", "1")]
    [InlineData("cluster", "endpoint", "null", "1")]
    [InlineData("cluster", "authorityData", "null", "1")]
    [InlineData("cluster", "authenticationMode", "1", "[]")]
    [InlineData("cluster", "endpointPublicAccess", "\"true\"", "1")]
    [InlineData("cluster", "publicNetworks", "1", "[\"10.0.0.0/8\"]")]
    [InlineData(null, "key", "null", "[]", "\"x\"")]
    [InlineData(null, "stored", "null", "1", "\"yesterday\"")]
    [InlineData(null, "cluster", "null", "[]", "{}")]
    public async Task A_file_with_a_member_of_another_kind_is_a_miss(string? part, string member, params string[] values)
    {
        await ReadAsync();
        var text = await File.ReadAllTextAsync(CacheFile, Stop);
        foreach (var value in values)
        {
            var entry = JsonNode.Parse(text)!;
            (part is null ? entry : entry[part]!)[member] = "VALUE";
            await File.WriteAllTextAsync(CacheFile, entry.ToJsonString().Replace("\"VALUE\"", value, StringComparison.Ordinal), Stop);
            await ReadAsync();
        }

        Assert.Equal(1 + values.Length, Described);
    }

    [Theory]
    [InlineData("key", "region")]
    [InlineData("key", "api")]
    [InlineData("cluster", "arn")]
    [InlineData("cluster", "tokenId")]
    [InlineData("cluster", "status")]
    [InlineData(null, "key")]
    [InlineData(null, "stored")]
    [InlineData(null, "cluster")]
    public async Task A_file_without_a_member_is_a_miss(string? part, string member)
    {
        await ReadAsync();
        var entry = JsonNode.Parse(await File.ReadAllTextAsync(CacheFile, Stop))!;
        Assert.True((part is null ? entry : entry[part]!).AsObject().Remove(member));
        await File.WriteAllTextAsync(CacheFile, entry.ToJsonString(), Stop);

        await ReadAsync();

        Assert.Equal(2, Described);
    }

    [Theory]
    [InlineData("{\"key\"", "{\"x\": [{\"y\": null}], \"stored\": \"2000-01-01T00:00:00Z\", \"key\"", 1)]
    [InlineData("\"authenticationMode\":\"API_AND_CONFIG_MAP\",", "", 1)]
    [InlineData("\"API_AND_CONFIG_MAP\"", "null", 1)]
    [InlineData("true", "null", 1)]
    [InlineData("null}}", "null}", 2)]
    [InlineData("}}", "}} more", 2)]
    [InlineData("}}", "} /* sic */}", 2)]
    public async Task A_file_may_hold_less_and_more(string what, string instead, int described)
    {
        await ReadAsync();
        var text = await File.ReadAllTextAsync(CacheFile, Stop);
        Assert.Contains(what, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(CacheFile, text.Replace(what, instead, StringComparison.Ordinal), Stop);

        await ReadAsync();

        Assert.Equal(described, Described);
    }
}
