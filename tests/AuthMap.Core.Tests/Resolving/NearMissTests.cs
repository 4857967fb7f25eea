using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Resolving;

public class NearMissTests
{
    private const string Caller = "arn:aws:sts::111122223333:assumed-role/ops/bob";

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/team/ops", "has a path, which a caller's ARN never shows")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/ops/bob", "is a session of a role; entries are compared with the role itself")]
    [InlineData("arn:aws:iam::444455556666:role/ops", "is of the account 444455556666, and the caller of 111122223333")]
    [InlineData("arn:aws-cn:iam::111122223333:role/ops", "is of the partition aws-cn, and the caller of aws")]
    [InlineData("arn:aws:iam::111122223333:user/ops", "is a user, and the caller a role")]
    [InlineData("arn:aws:iam::111122223333:instance-profile/ops", "is an instance profile, and callers are users and roles")]
    [InlineData("arn:aws:iam::111122223333:role/o*", "has a wildcard, which is compared as it is")]
    [InlineData("arn:aws:iam::*:role/OPS", "has a wildcard, which is compared as it is")]
    public void An_entry_that_was_probably_meant_says_why_it_does_nothing(string arn, string reason)
    {
        var miss = Assert.Single(Find($"- rolearn: {arn}\n  username: ops\n"));
        Assert.Equal(new(SectionKey.MapRoles, new(1, 3), arn, reason), miss);
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/ops")]
    [InlineData("arn:aws:iam::111122223333:role/dev")]
    [InlineData("arn:aws:iam::111122223333:role/d*")]
    [InlineData("ops")]
    public void Other_entries_are_no_near_misses(string arn) => Assert.Empty(Find($"- rolearn: {arn}\n  username: ops\n"));

    [Fact]
    public void A_key_that_cannot_be_read_is_named_when_the_caller_stands_in_it()
    {
        var miss = Assert.Single(Find("- rolearn: arn:aws:iam::111122223333:role/ops\n  username: {{SessionName}}\n"));
        Assert.Null(miss.Text);
        Assert.StartsWith("the authenticator drops all of mapRoles: ", miss.Reason, StringComparison.Ordinal);
        Assert.Empty(Find("- rolearn: arn:aws:iam::111122223333:role/dev\n  username: {{SessionName}}\n"));
    }

    [Fact]
    public void A_dropped_entry_is_named_when_the_caller_stands_in_it()
    {
        const string Map = "- role_arn: arn:aws:iam::111122223333:role/ops\n  username: ops\n- role_arn: arn:aws:iam::111122223333:role/dev\n";
        var miss = Assert.Single(Find(Map));
        Assert.StartsWith("the authenticator drops an entry: ", miss.Reason, StringComparison.Ordinal);
        Assert.Equal(1, miss.Position.Line);
    }

    private static IReadOnlyList<NearMiss> Find(string mapRoles)
    {
        Assert.True(CanonicalArn.TryParse(Caller, out var canonical, out _));
        return NearMiss.Find(AwsAuthDocument.Parse(new Dictionary<string, string> { ["mapRoles"] = mapRoles }), canonical);
    }
}
