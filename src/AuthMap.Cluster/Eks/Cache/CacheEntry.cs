using System.Text.Json;

namespace AuthMap.Cluster.Eks.Cache;

/// <summary>A file of the cache.</summary>
/// <param name="Key">What it is kept under.</param>
/// <param name="Stored">When it was asked for.</param>
/// <param name="Cluster">The description.</param>
internal sealed record CacheEntry(CacheKey Key, DateTimeOffset Stored, ClusterDescription Cluster)
{
    /// <summary>Reads a file.</summary>
    /// <returns>Null when it says null.</returns>
    /// <exception cref="JsonException">It is none, or lacks something.</exception>
    public static CacheEntry? Read(Stream file) => ForeignJson.Read(file, json => new CacheEntry(
        ReadKey(json.Needed("key")), json.Needed("stored").GetDateTimeOffset(), ReadCluster(json.Needed("cluster"))));

    /// <summary>Writes it to a file.</summary>
    public void Write(Stream file)
    {
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();

        json.WriteStartObject("key");
        json.WriteString("api", Key.Api.OriginalString);
        json.WriteString("region", Key.Region);
        json.WriteString("cluster", Key.Cluster);
        json.WriteString("identity", Key.Identity);
        json.WriteEndObject();

        json.WriteString("stored", Stored);

        json.WriteStartObject("cluster");
        json.WriteString("arn", Cluster.Arn);
        json.WriteString("tokenId", Cluster.TokenId);
        json.WriteString("status", Cluster.Status);
        json.WriteString("endpoint", Cluster.Endpoint);
        json.WriteString("authorityData", Cluster.AuthorityData);
        json.WriteString("authenticationMode", Cluster.AuthenticationMode);
        if (Cluster.EndpointPublicAccess is { } isPublic)
        {
            json.WriteBoolean("endpointPublicAccess", isPublic);
        }

        json.WriteString("publicNetworks", Cluster.PublicNetworks);
        json.WriteEndObject();

        json.WriteEndObject();
    }

    private static CacheKey ReadKey(JsonElement json) => new(
        new(json.NeededText("api"), UriKind.RelativeOrAbsolute), json.NeededText("region"), json.NeededText("cluster"), json.NeededText("identity"));

    private static ClusterDescription ReadCluster(JsonElement json) => new()
    {
        Arn = json.NeededText("arn"),
        TokenId = json.NeededText("tokenId"),
        Status = json.NeededText("status"),
        Endpoint = json.NeededText("endpoint"),
        AuthorityData = json.NeededText("authorityData"),
        AuthenticationMode = json.Text("authenticationMode"),
        EndpointPublicAccess = json.Member("endpointPublicAccess")?.GetBoolean(),
        PublicNetworks = json.Text("publicNetworks"),
    };
}
