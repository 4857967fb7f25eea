using AuthMap.Arns;

namespace AuthMap.Core.Tests.Arns;

public sealed class MatchableArnTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/Admin")]
    [InlineData("ARN:AWS:IAM::123456789012:Role/admin")]
    [InlineData("arn:aws-cn:iam::123456789012:user/team/Alice")]
    [InlineData("arn:aws:iam::123456789012:root")]
    [InlineData("arn:aws:sts::123456789012:federated-user/Bob")]
    public void A_caller_can_match(string arn) => Assert.Null(MatchableArn.WhyNot(arn));

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/ops/Admin", "has a path, which a caller's ARN never shows")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/Admin/bob", "is a session of a role; entries are compared with the role itself")]
    [InlineData("arn:aws:iam::123456789012:role/*", "has \"*\" in the role's name, which IAM does not allow")]
    [InlineData("arn:aws:iam::123456789012:role/", "names no role")]
    [InlineData("arn:aws:iam::123456789012:role/a/", "has a path, which a caller's ARN never shows")]
    [InlineData("arn:aws:iam::123456789012:instance-profile/x", "is an instance profile, and callers are users and roles")]
    [InlineData("arn:aws:iam::123456789012:group/x", "is an IAM group, and callers are users and roles")]
    [InlineData("arn:aws:s3:::bucket", "is neither a role nor a user")]
    [InlineData("arn:aws-nope:iam::123456789012:role/a", "has the unknown partition \"aws-nope\"")]
    [InlineData("arn:aws:iam:us-east-1:123456789012:role/a", "has a region, which a caller's ARN never has")]
    [InlineData("arn:aws:iam::<account>:role/a", "has no account id of 12 digits")]
    [InlineData(" arn:aws:iam::123456789012:role/a", "is not an ARN")]
    [InlineData("", "is not an ARN")]
    public void No_caller_can_match(string arn, string reason) => Assert.Equal(reason, MatchableArn.WhyNot(arn));
}
