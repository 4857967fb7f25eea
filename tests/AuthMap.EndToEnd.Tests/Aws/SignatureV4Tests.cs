using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>Known answers, on which two signers of others agree.</summary>
public sealed class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Time = "20261124T000000Z";
    private const string Entry = "/clusters/c1/access-entries/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fteams%2Fdev";

    private static readonly CredentialScope Scope = new("20261124", "eu-west-1", "eks");

    [Fact]
    public void An_encoded_path_is_encoded_once_more()
    {
        var request = SignatureV4.CanonicalRequest(
            "GET", Entry, [], [("host", "eks.eu-west-1.amazonaws.com"), ("x-amz-date", Time)], SignatureV4.EmptyPayload);

        Assert.Equal(
            "7b897c2d2e9782e18e2fdaabfc8d761301d3b348b77a8e108cef56d522b62d55", SignatureV4.Sign(Secret, Scope, Time, request));
    }

    [Fact]
    public void A_body_is_signed_too()
    {
        const string Body =
            """{"policyArn":"arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy","accessScope":{"type":"cluster"}}""";

        var request = SignatureV4.CanonicalRequest(
            "POST",
            $"{Entry}/access-policies",
            [],
            [("content-type", "application/json"), ("host", "eks.eu-west-1.amazonaws.com"), ("x-amz-date", Time)],
            SignatureV4.Hash(Encoding.UTF8.GetBytes(Body)));

        Assert.Equal(
            "5bc5fadf027640ef14fc581f4e08d3ae2161e29a0888a7bba18a52f6ac5863a6", SignatureV4.Sign(Secret, Scope, Time, request));
    }
}
