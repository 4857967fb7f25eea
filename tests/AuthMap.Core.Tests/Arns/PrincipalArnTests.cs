using AuthMap.Arns;
using AuthMap.Mappings;

namespace AuthMap.Core.Tests.Arns;

public sealed class PrincipalArnTests
{
    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/k8sDev", MappingKind.Role)]
    [InlineData("arn:aws-us-gov:iam::011122223333:role/a+=,.@-_b", MappingKind.Role)]
    [InlineData("arn:aws-cn:iam::111122223333:user/alice", MappingKind.User)]
    [InlineData("arn:aws:iam::111122223333:user/team/ops/alice", MappingKind.User)]
    public void What_can_match_is_taken_as_typed(string text, MappingKind kind)
    {
        var principal = PrincipalArn.Parse(text, keepPath: false);
        Assert.Equal((kind, text), (principal.Kind, principal.Arn));
        Assert.Empty(principal.Notices);
    }

    [Theory]
    [InlineData(
        "arn:aws:sts::111122223333:assumed-role/k8sDev/bob@example.com",
        "an assumed-role ARN never matches; using its role, arn:aws:iam::111122223333:role/k8sDev")]
    [InlineData(
        "arn:aws:sts::111122223333:assumed-role/ops/k8sDev/bob",
        "an assumed-role ARN never matches; using its role, arn:aws:iam::111122223333:role/k8sDev")]
    [InlineData(
        "arn:aws:iam::111122223333:role/team/ops/k8sDev",
        "a role ARN with a path never matches; using it without, arn:aws:iam::111122223333:role/k8sDev")]
    public void What_cannot_match_becomes_the_role_that_can_with_a_note(string text, string note)
    {
        var principal = PrincipalArn.Parse(text, keepPath: false);
        Assert.Equal((MappingKind.Role, "arn:aws:iam::111122223333:role/k8sDev"), (principal.Kind, principal.Arn));
        Assert.Equal([Notice.Note(note)], principal.Notices);
    }

    [Fact]
    public void A_path_can_be_kept_with_a_warning()
    {
        var principal = PrincipalArn.Parse("arn:aws:iam::111122223333:role/ops/k8sDev", keepPath: true);
        Assert.Equal("arn:aws:iam::111122223333:role/ops/k8sDev", principal.Arn);
        Assert.Equal(
            [
                Notice.Warning("arn:aws:iam::111122223333:role/ops/k8sDev has a path, which a caller's ARN never shows: " +
                    "it will never match; arn:aws:iam::111122223333:role/k8sDev would"),
            ],
            principal.Notices);
    }

    [Theory]
    [InlineData("arn:aws:iam:::role/x", "arn:aws:iam:::role/x has no account id", "echo \"${ACCOUNT_ID:?}\"")]
    [InlineData("", "the ARN is empty", "shell variable")]
    [InlineData("arn:aws:iam::<account>:role/x", "arn:aws:iam::<account>:role/x still holds the placeholder <account>", "real value")]
    [InlineData("arn:aws:iam::${ACCOUNT_ID}:role/x", "arn:aws:iam::${ACCOUNT_ID}:role/x still holds the placeholder ${ACCOUNT_ID}", "")]
    [InlineData("arn:aws:iam::$ACCOUNT:role/x", "arn:aws:iam::$ACCOUNT:role/x still holds the placeholder $ACCOUNT", "")]
    [InlineData("arn:aws:iam::ACCOUNT_ID:role/x", "arn:aws:iam::ACCOUNT_ID:role/x has ACCOUNT_ID where the account id should be", "12 digits")]
    [InlineData(
        "arn:aws:iam::1111-2222-3333:role/x",
        "arn:aws:iam::1111-2222-3333:role/x: \"1111-2222-3333\" is not an account id: 12 digits are needed",
        "without the other characters it is 111122223333")]
    [InlineData(
        "arn:aws:iam::12345678901:role/x",
        "arn:aws:iam::12345678901:role/x: \"12345678901\" is not an account id: 12 digits are needed",
        "a leading zero may have been lost: 012345678901")]
    public void A_missing_account_is_explained(string text, string message, string hint) => Refused(text, message, hint);

    [Theory]
    [InlineData(" arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:role/x has a blank at position 1, before the ARN", "")]
    [InlineData("arn:aws:iam::111122223333:role/x\n", "arn:aws:iam::111122223333:role/x has a line break at position 33, after the ARN", "")]
    [InlineData("arn:aws:iam::111122223333:role/x y", "arn:aws:iam::111122223333:role/x y has a blank at position 33", "")]
    [InlineData(
        "arn:aws:iam::111122223333:role/x\u2013y",
        "arn:aws:iam::111122223333:role/x\u2013y has the non-ASCII character \u2013 (U+2013) at position 33",
        "plain ASCII")]
    [InlineData("arn:aws:iam::\u200B111122223333:role/x", "arn:aws:iam::\u200B111122223333:role/x has a zero-width space (U+200B) at position 14", "")]
    [InlineData("arn:aws:iam::111122223333:role/\U0001F600", "arn:aws:iam::111122223333:role/\U0001F600 has the character U+1F600 at position 32", "")]
    [InlineData("arn:aws:iam::111122223333:role/k8s*", "arn:aws:iam::111122223333:role/k8s* has the wildcard * at position 35; wildcards never match", "--account")]
    [InlineData("'arn:aws:iam::111122223333:role/x'", "'arn:aws:iam::111122223333:role/x' is quoted twice: the quotes are part of the ARN", "")]
    public void Characters_that_people_do_not_see_are_named_with_their_position(string text, string message, string hint) =>
        Refused(text, message, hint);

    [Theory]
    [InlineData("k8sDev", "k8sDev does not begin with arn:", "aws iam get-role --role-name k8sDev")]
    [InlineData("111122223333", "111122223333 does not begin with arn:", "--account 111122223333")]
    [InlineData("ARN:aws:iam::111122223333:role/x", "ARN:aws:iam::111122223333:role/x does not begin with arn:", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam:111122223333:role/x", "arn:aws:iam:111122223333:role/x has too few parts", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam", "arn:aws:iam has too few parts", "an ARN looks like")]
    [InlineData("arn:AWS:iam::111122223333:role/x", "arn:AWS:iam::111122223333:role/x has the unknown partition \"AWS\"", "did you mean \"aws\"; known partitions: aws, aws-cn, ")]
    [InlineData("arn:aws-us-gv:iam::111122223333:role/x", "has the unknown partition \"aws-us-gv\"", "did you mean \"aws-us-gov\"")]
    [InlineData("arn:azure:iam::111122223333:role/x", "has the unknown partition \"azure\"", "known partitions: aws, ")]
    [InlineData("arn::iam::111122223333:role/x", "arn::iam::111122223333:role/x has no partition", "known partitions")]
    [InlineData("arn:aws:iam:eu-west-1:111122223333:role/x", "has the region \"eu-west-1\"", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:IAM::111122223333:role/x", "has the service \"IAM\"", "did you mean \"iam\"")]
    [InlineData("arn:aws:sts::111122223333:role/x", "is in sts, where no role is", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam::111122223333:Role/x", "has the unknown resource type \"Role\"", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam::111122223333:roles/x", "has the unknown resource type \"roles\"", "did you mean arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam::111122223333:role:x", "has the unknown resource type \"role:x\"", "did you mean arn:aws:iam::111122223333:role/x")]
    public void A_slip_is_answered_with_what_was_probably_meant(string text, string message, string hint) => Refused(text, message, hint);

    [Theory]
    [InlineData("arn:aws:iam::111122223333:root", "is the account's root user", "--account 111122223333")]
    [InlineData("arn:aws:iam::111122223333:group/devs", "is an IAM group", "map the role that its members assume")]
    [InlineData("arn:aws:iam::111122223333:instance-profile/p/nodes", "is an instance profile", "--instance-profile-name nodes")]
    [InlineData("arn:aws:sts::111122223333:federated-user/bob", "is a federated user's session", "map the IAM user")]
    [InlineData("arn:aws:iam::111122223333:saml-provider/x", "is an identity provider", "arn:aws:iam::111122223333:role/NAME")]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", "is a policy", "attached to")]
    [InlineData("arn:aws:iam::111122223333:assumed-role/x/bob", "is in iam, where no session is", "map the role: arn:aws:iam::111122223333:role/x")]
    [InlineData("arn:aws:eks:eu-west-1:111122223333:cluster/prod", "is the cluster itself", "--cluster prod")]
    [InlineData("arn:aws:s3:::bucket", "is a thing of s3, not an identity", "map the role")]
    [InlineData("arn:aws:iam::111122223333:mfa/x", "has the unknown resource type \"mfa\"", "role/NAME")]
    public void What_is_no_caller_is_answered_with_what_to_map(string text, string message, string hint) => Refused(text, message, hint);

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/", "names no role")]
    [InlineData("arn:aws:iam::111122223333:role", "names no role")]
    [InlineData("arn:aws:iam::111122223333:role/x/", "ends in a slash")]
    [InlineData("arn:aws:iam::111122223333:role//x", "has two slashes in a row")]
    [InlineData("arn:aws:iam::111122223333:role/a:b", "has \":\" in the role's name")]
    [InlineData("arn:aws:iam::111122223333:user/", "names no user")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/x", "is an assumed role without a session name")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/x/", "ends in a slash")]
    [InlineData("arn:aws:sts::111122223333:assumed-role//bob", "names no role")]
    public void A_name_that_iam_does_not_allow_is_refused(string text, string message) => Refused(text, message, "");

    [Fact]
    public void Names_and_paths_have_iams_limits()
    {
        const string Prefix = "arn:aws:iam::111122223333:user/";
        Assert.Equal(MappingKind.User, PrincipalArn.Parse(Prefix + new string('p', 510) + "/" + new string('n', 64), keepPath: false).Kind);
        Refused(Prefix + new string('n', 65), "has a user name of 65 characters; IAM allows 64", "");
        Refused(Prefix + new string('p', 511) + "/n", "has a path of 513 characters; IAM allows 512", "");
    }

    private static void Refused(string text, string message, string hint)
    {
        var failure = Assert.Throws<AuthMapException>(() => PrincipalArn.Parse(text, keepPath: false)).Failure;
        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Hint ?? "", StringComparison.Ordinal);
    }
}
