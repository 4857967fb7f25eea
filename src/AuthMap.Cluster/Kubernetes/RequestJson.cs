using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>The JSON of requests.</summary>
internal static class RequestJson
{
    /// <summary>Nothing escaped that need not be, so that a patch stays readable in audit logs.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A body in UTF-8.</summary>
    public static byte[] Of(JsonObject body)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            body.WriteTo(json);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
