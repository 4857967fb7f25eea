using AuthMap.Cluster.Aws;
using AuthMap.Cluster.Tests.Support;

namespace AuthMap.Cluster.Tests.Aws;

public sealed class RegionTests : AwsSessionTest
{
    private string Region(string? typed = null, string? profile = null)
    {
        using var session = Open(new AwsSettings { Region = typed, Profile = profile });
        return session.Region;
    }

    [Fact]
    public void The_option_comes_first_then_the_variables_then_the_profile()
    {
        Base().Set("AWS_REGION", "");
        Config("[profile base]\nregion = eu-south-2\n");
        Assert.Equal("eu-south-2", Region(profile: "base"));

        Work.Set("AWS_DEFAULT_REGION", "eu-north-1");
        Assert.Equal("eu-north-1", Region(profile: "base"));

        Work.Set("AWS_REGION", "eu-west-3");
        Assert.Equal("eu-west-3", Region(profile: "base"));
        Assert.Equal("us-east-2", Region("us-east-2", "base"));
    }

    [Fact]
    public void No_region_is_a_usage_error_that_names_the_ways_to_choose_one()
    {
        Keys().Set("AWS_REGION", "");

        var failure = Expect.Failure(FailureKind.Usage, () => Region());

        Assert.Equal("no AWS region is chosen", failure.Message);
        Assert.Equal(["AWS_REGION and AWS_DEFAULT_REGION are not set; no profile is chosen, and there is no profile \"default\""], failure.Details);
        Assert.Equal("choose one with --region", failure.Hint);
    }

    [Theory]
    [InlineData("eu west 1")]
    [InlineData("evil.example/")]
    [InlineData("eu-west-1.evil.example")]
    [InlineData("eu-west-1\n")]
    [InlineData("EU-WEST-1")]
    [InlineData("-eu-west-1")]
    [InlineData("user@host")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_cannot_be_a_region_never_becomes_a_host(string region)
    {
        Keys();

        var failure = Expect.Failure(FailureKind.Usage, () => Region(region));

        Assert.Equal($"\"{region}\" is not an AWS region (--region)", failure.Message);
    }
}
