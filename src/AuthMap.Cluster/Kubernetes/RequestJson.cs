using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The JSON of requests.</summary>
internal static class RequestJson
{
    // Nothing escaped that need not be, so that a patch stays readable in audit logs.
    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A body in UTF-8.</summary>
    public static byte[] Of(JsonObject body) => Of(json => body.WriteTo(json));

    /// <summary>A body in UTF-8.</summary>
    /// <param name="write">Writes it; its texts may be as long as a map's.</param>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using var bytes = new PooledBytes();
        using (var json = new Utf8JsonWriter(bytes, _readable))
        {
            write(json);
        }

        return bytes.ToArray();
    }
}
