using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthMap.EndToEnd;

/// <summary>A request as it came: path and query still percent-encoded, header names without case.</summary>
public sealed record AwsRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>The decoded segments of the path.</summary>
    public string[] Segments => [.. Path.Trim('/').Split('/').Select(Uri.UnescapeDataString)];

    /// <summary>The decoded parameters of the query, in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters => ReadParameters(Query);

    public string? Parameter(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name).Value;

    public override string ToString() => $"{Method} {Path}{(Query.Length > 0 ? "?" : "")}{Query}";

    public static IReadOnlyList<(string Name, string Value)> ReadParameters(string query) =>
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var name = pair.Split('=', 2) is [var first, ..] ? first : pair;
            var value = pair.Split('=', 2) is [_, var second] ? second : "";
            return (Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
        })];

    internal static async Task<AwsRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        return new AwsRequest(
            context.Request.Method,
            target[0],
            target is [_, var query] ? query : "",
            context.Request.Headers.ToDictionary(
                header => header.Key, header => string.Join(',', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
