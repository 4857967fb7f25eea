using System.Text.Json.Nodes;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Resolving;

public class ResolverVectorTests
{
    // What the recordings were made with.
    private const string AccessKey = "ASIAORACLE";
    private const string PrivateDns = "ip-10-0-0-1.ec2.internal";

    [Theory]
    [InlineData("handwritten.jsonl", 194)]
    [InlineData("generated.jsonl", 2400)]
    public void It_answers_every_recorded_caller_as_the_authenticator_did(string file, int count)
    {
        var cases = Vector.Load(file)
            .SelectMany(vector => vector.Json["resolve"]!.AsArray().Select(record => (Vector: vector, Record: record!)))
            .ToList();
        Assert.Equal(count, cases.Count);
        var differences = cases.Select(one => Difference(one.Vector, one.Record)).OfType<string>().ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differ\n" + string.Join("\n", differences));
    }

    private static string? Difference(Vector vector, JsonNode record)
    {
        var flags = vector.Json["flags"]?.AsArray().Select(flag => (string)flag!).ToList() ?? [];
        var resolver = new Resolver(AwsAuthDocument.Parse(vector.Data), new AuthenticatorSettings
        {
            SsoRoleMatch = flags.Contains("--sso"),
            ReservedPrefixes = Value("--reserved")?.Split(',') ?? [],
        });
        var resolution = resolver.Resolve(new((string)record["caller"]!)
        {
            UserId = Value("--user-id"),
            AccessKeyId = Value("--access-key") ?? AccessKey,
            PrivateDnsName = Value("--private-dns") ?? PrivateDns,
            PrivateDnsError = Value("--ec2-error"),
        });
        var answered = Ordered(resolution.Outcomes.Select(outcome => (outcome.Username, outcome.Groups, outcome.Error)));
        var recorded = Ordered(record["outcomes"]!.AsArray().Select(outcome => (
            (string)outcome!["username"]!,
            GroupList.From(outcome["groups"]!.AsArray().Select(group => (string)group!)),
            (string?)outcome["error"])));
        return answered.SequenceEqual(recorded) && resolution.IsAmbiguous != (bool)record["deterministic"]!
            ? null
            : $"{vector.Id} {vector.Name} {record["caller"]}\n  recorded: {string.Join(" | ", recorded)}\n  answered: {string.Join(" | ", answered)}";

        string? Value(string flag) => flags.IndexOf(flag) is var at and >= 0 ? flags[at + 1] : null;
    }

    private static List<(string Username, GroupList Groups, string? Error)> Ordered(
        IEnumerable<(string Username, GroupList Groups, string? Error)> outcomes) => [.. outcomes.OrderBy(outcome => outcome.Username, StringComparer.Ordinal)];
}
