using System.Text.Json.Nodes;
using AuthMap.Arns;

namespace AuthMap.Core.Tests.Arns;

public sealed class CanonicalArnTests
{
    public static TheoryData<string> Lines =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "canonicalize.jsonl"))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_callers_arn_becomes_what_the_authenticator_makes_of_it(string line)
    {
        var vector = JsonNode.Parse(line)!;
        var text = (string)vector["arn"]!;

        var accepted = CanonicalArn.TryParse(text, out var canonical, out var reason);

        Assert.Equal(vector["error"] is null, accepted);
        Assert.Equal((string?)vector["canonical"], canonical?.Text ?? "");
        Assert.Equal((string?)vector["lookupKey"], canonical?.LookupKey ?? "");
        Assert.Equal((string?)vector["type"], Name(canonical?.Type));
        Assert.Equal(accepted, reason is null);
        if (vector["stripPathError"] is null)
        {
            Assert.Equal((string?)vector["stripPath"], CanonicalArn.StripPath(text));
        }
    }

    [Fact]
    public void Arns_compare_without_case_as_go_folds_it() => Assert.Equal(
        Arn.LookupKey("arn:aws:iam::123456789012:role/ks"), Arn.LookupKey("ARN:AWS:iam::123456789012:ROLE/\u212A\u017F"));

    [Fact]
    public void A_resource_may_hold_colons()
    {
        Assert.True(Arn.TryParse("arn:aws:sns:eu-west-1:123456789012:a:b", out var arn, out _));
        Assert.Equal(new("aws", "sns", "eu-west-1", "123456789012", "a:b"), arn);
        Assert.Equal("arn:aws:sns:eu-west-1:123456789012:a:b", arn.ToString());
    }

    private static string Name(PrincipalType? type) => type switch
    {
        PrincipalType.User => "USER",
        PrincipalType.Role => "ROLE",
        PrincipalType.Root => "ROOT",
        PrincipalType.AssumedRole => "ASSUMED_ROLE",
        PrincipalType.FederatedUser => "FEDERATED_USER",
        _ => "NONE",
    };
}
