using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AuthMap.EndToEnd;

/// <summary>The members of a structure in an answer: texts, or structures again.</summary>
internal sealed record StsFields(params (string Name, object Value)[] Members);

/// <summary>How STS writes what it has to say: the same tree as XML or as JSON.</summary>
internal static class StsAnswer
{
    private static readonly XNamespace Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static Answer Result(AwsRequest request, string action, StsFields result) => Write(
        request, 200, $"{action}Response",
        new StsFields(($"{action}Result", result), ("ResponseMetadata", new StsFields(("RequestId", Guid.NewGuid().ToString())))));

    public static Answer Error(AwsRequest request, AwsError error)
    {
        var fields = new StsFields(
            ("Error", new StsFields(
                ("Type", error.Status < 500 ? "Sender" : "Receiver"), ("Code", error.Code), ("Message", error.Message))),
            ("RequestId", Guid.NewGuid().ToString()));
        return WantsJson(request) ? Json(error.Status, ToJson(fields)) : Write(request, error.Status, "ErrorResponse", fields);
    }

    private static Answer Write(AwsRequest request, int status, string root, StsFields fields) => WantsJson(request)
        ? Json(status, new JsonObject { [root] = ToJson(fields) })
        : new Answer(
            status,
            new Dictionary<string, string> { ["Content-Type"] = "text/xml" },
            Encoding.UTF8.GetBytes(ToXml(root, fields).ToString()));

    private static bool WantsJson(AwsRequest request) => request["accept"] == "application/json";

    private static Answer Json(int status, JsonObject body) => new(
        status, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static JsonObject ToJson(StsFields fields) => new(fields.Members.Select(member =>
        KeyValuePair.Create(member.Name, member.Value is StsFields inner ? ToJson(inner) : (JsonNode?)(string)member.Value)));

    private static XElement ToXml(string name, StsFields fields) => new(
        Namespace + name,
        fields.Members.Select(member =>
            member.Value is StsFields inner ? ToXml(member.Name, inner) : new XElement(Namespace + member.Name, member.Value)));
}
