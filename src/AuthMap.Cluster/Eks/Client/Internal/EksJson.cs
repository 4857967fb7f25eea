using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.EKS.Model;

namespace Amazon.EKS.Internal;

/// <summary>The JSON of the EKS API.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(DescribeClusterResponse))]
[JsonSerializable(typeof(ListClustersResponse))]
internal sealed partial class EksJson : JsonSerializerContext;

/// <summary>Times as the API writes them: seconds since 1970, with a fraction.</summary>
internal sealed class EpochSeconds : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.UnixEpoch.AddSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((value.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
}
