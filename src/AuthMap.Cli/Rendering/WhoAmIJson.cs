using System.Text.Json;
using AuthMap.Resolving;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes answers to <c>whoami</c> for programs; part of the interface.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>map</c>: what the map says of the caller (<see cref="ResolutionJson"/>); null when the caller is not known to
/// AWS.</item>
/// <item><c>server</c>: as whom the server let the caller in: <c>username</c>, <c>groups</c>, and <c>arn</c>, left out for who
/// did not enter through aws-iam-authenticator; null when the server says nothing.</item>
/// <item><c>agrees</c>: whether both say the same; null when one of them says nothing.</item>
/// </list>
/// </remarks>
internal static class WhoAmIJson
{
    public static void Write(Utf8JsonWriter json, WhoAmIAnswer answer)
    {
        json.WriteStartObject();
        json.WritePropertyName("map");
        if (answer.Resolve is { } resolve)
        {
            ResolutionJson.Write(json, resolve);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("server");
        if (answer.Review is { } review)
        {
            WriteServer(json, review);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("agrees");
        if (answer.Agrees is { } agrees)
        {
            json.WriteBooleanValue(agrees);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void WriteServer(Utf8JsonWriter json, SelfReview review)
    {
        json.WriteStartObject();
        json.WriteString("username", review.Username);
        json.WriteStrings("groups", review.Groups);
        json.WriteUnlessNull("arn", review.Arn);
        json.WriteEndObject();
    }
}
