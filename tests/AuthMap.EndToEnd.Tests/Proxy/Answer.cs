using System.Net;
using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>An answer on its way to the client, held whole.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>An error as Kubernetes words it.</summary>
    public static Answer Error(HttpStatusCode status, string reason, string message)
    {
        var body = $$"""
            {
              "kind": "Status",
              "apiVersion": "v1",
              "metadata": {},
              "status": "Failure",
              "message": "{{message}}",
              "reason": "{{reason}}",
              "code": {{(int)status}}
            }
            """;
        return new Answer(
            (int)status, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Encoding.UTF8.GetBytes(body));
    }

    public Answer With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };
}
