using System.Text.Json.Nodes;
using AuthMap.Mappings;

namespace AuthMap.Core.Tests.Vectors;

/// <summary>One recorded case.</summary>
public sealed record Vector(string Id, string Name, IReadOnlyDictionary<string, string> Data, JsonNode Json)
{
    public IReadOnlyList<string> ParseErrors => [.. Items("parseErrors").Select(error => (string)error!)];

    public IReadOnlyList<Mapping> Mappings =>
    [
        .. Items("roles").Select(role => new RoleMapping(
            Text(role!, "rolearn"), Text(role!, "username"), Groups(role!), Text(role!, "userid"), Sso(role!["sso"]))),
        .. Items("users").Select(user => new UserMapping(
            Text(user!, "userarn"), Text(user!, "username"), Groups(user!), Text(user!, "userid"))),
        .. Items("accounts").Select(account => new AccountMapping((string)account!)),
    ];

    public static IEnumerable<Vector> Load(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", file)).Select(line =>
        {
            var json = JsonNode.Parse(line)!;
            return new Vector(
                (string)json["id"]!,
                (string?)json["name"] ?? "",
                json["data"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!),
                json);
        });

    private IEnumerable<JsonNode?> Items(string name) => Json[name]?.AsArray() ?? Enumerable.Empty<JsonNode?>();

    private static string Text(JsonNode node, string name) => (string?)node[name] ?? "";

    private static GroupList Groups(JsonNode node) => GroupList.From(node["groups"]?.AsArray().Select(group => (string)group!) ?? []);

    private static SsoRole? Sso(JsonNode? node) =>
        node is null ? null : new(Text(node, "permissionSetName"), Text(node, "accountID"), Text(node, "partition"));
}
