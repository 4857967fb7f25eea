using System.Text.Json.Nodes;
using AuthMap.Documents;
using AuthMap.Resolving;

namespace AuthMap.EndToEnd;

/// <summary>
/// What the resolver says of a map, the API server does with it, and both what the real authenticator was recorded to do. The webhook
/// behind the server looks callers up in its own way (<see cref="MapLookup"/>).
/// </summary>
public sealed class PredictionTests(EksCluster cluster) : EksTest(cluster)
{
    // What the recordings were made with.
    private const string RecordedKey = "ASIAORACLE";
    private const string RecordedName = "ip-10-0-0-1.ec2.internal";

    private const string Nobody = "turned away";

    [Fact]
    public async Task The_server_lets_in_whom_the_resolver_says_and_as_whom()
    {
        var maps = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "generated.jsonl"))
            .Select(line => JsonNode.Parse(line)!)
            .ToList();
        List<string> differences = [];
        var (asked, entered) = (0, 0);
        foreach (var map in maps)
        {
            var data = map["data"]!.AsObject();
            await Cluster.Server.AwsAuth.PutAsync(new JsonObject { ["data"] = data.DeepClone() });
            var resolver = new Resolver(
                AwsAuthDocument.Parse(data.ToDictionary(pair => pair.Key, pair => (string)pair.Value!)), new AuthenticatorSettings());

            // A principal of its own for each question: the server remembers tokens.
            var answers = await Task.WhenAll(map["resolve"]!.AsArray().Select(record => AskAsync(resolver, record!)));
            foreach (var (who, predicted, answered, recorded) in answers)
            {
                (asked, entered) = (asked + 1, entered + (answered == Nobody ? 0 : 1));
                if (predicted != answered || recorded != answered)
                {
                    differences.Add($"{map["id"]} {who}\n  resolver: {predicted}\n  server: {answered}\n  authenticator: {recorded}");
                }
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {asked} differ\n{string.Join('\n', differences)}");
        Assert.Equal((600, 2400, 1190), (maps.Count, asked, entered));
    }

    private async Task<(string Who, string Predicted, string Answered, string Recorded)> AskAsync(Resolver resolver, JsonNode record)
    {
        var arn = (string)record["caller"]!;
        var principal = Principal(arn);
        Assert.Equal(arn, principal.Arn);
        var outcome = Assert.Single(resolver.Resolve(new(arn)
        {
            UserId = principal.UserId,
            AccessKeyId = principal.AccessKeyId,
            PrivateDnsName = NodeName(principal),
        }).Outcomes);
        var status = await Cluster.ReviewAsync(new TokenForge(principal, EksCluster.Name).Token());
        var recorded = Assert.Single(record["outcomes"]!.AsArray())!;
        return (
            arn,
            outcome.Error is null ? Words(outcome.Username, outcome.Groups) : Nobody,
            (bool?)status["authenticated"] == true ? Words((string?)status["user"]!["username"], Texts(status["user"]!["groups"])) : Nobody,
            recorded["error"] is null
                ? Words(Own((string)recorded["username"]!), Texts(recorded["groups"]).Select(Own))
                : Nobody);

        string Own(string text) => text
            .Replace(RecordedKey, principal.AccessKeyId, StringComparison.Ordinal)
            .Replace(RecordedName, NodeName(principal), StringComparison.Ordinal);
    }

    private Principal Principal(string arn)
    {
        var parts = arn.Split(':', 6);
        return parts[5].Split('/') is ["assumed-role", var role, var session]
            ? Cluster.Iam.AddSession($"{parts[0]}:{parts[1]}:iam::{parts[4]}:role/{role}", session)
            : Cluster.Iam.AddUser(arn);
    }

    // As the webhook makes them up.
    private static string NodeName(Principal principal) => $"{principal.UserId.Split(':')[^1]}.ec2.internal";

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(text => (string)text!) ?? [];

    // The server adds a group by itself, and an entry may list one twice.
    private static string Words(string? username, IEnumerable<string> groups) =>
        $"\"{username}\" in [{string.Join(", ", groups.Append("system:authenticated").Distinct().Order(StringComparer.Ordinal))}]";
}
