using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Resolving;

public sealed class SelfReviewTests
{
    [Theory]
    [InlineData("dev", "view edit system:authenticated", true)]
    [InlineData("dev", "system:authenticated edit view", true)]
    [InlineData("Dev", "view edit system:authenticated", false)]
    [InlineData("dev", "view system:authenticated", false)]
    [InlineData("dev", "view edit more system:authenticated", false)]
    public void Username_and_groups_have_to_be_the_same(string username, string groups, bool same) =>
        Assert.Equal(same, Review(username, groups).Confirms(new("dev", ["view", "edit"], null, null, [])));

    [Theory]
    [InlineData("system:node:ip-10-0-0-1.ec2.internal", true)]
    [InlineData("node:ip-10-0-0-1.ec2.internal", false)]
    public void A_template_that_is_not_known_may_be_anything(string username, bool same)
    {
        const string Template = "{{EC2PrivateDNSName}}";
        Assert.Equal(same, Review(username, "system:authenticated").Confirms(new($"system:node:{Template}", [], null, null, [Template])));
    }

    [Fact]
    public void Nobody_confirms_that_somebody_is_turned_away() =>
        Assert.False(Review("", "system:authenticated").Confirms(new("", [], "identity is not mapped", null, [])));

    private static SelfReview Review(string username, string groups) => new(username, groups.Split(' '), null, null, null);
}
