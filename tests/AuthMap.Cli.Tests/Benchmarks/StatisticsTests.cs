using AuthMap.Benchmarks.Measuring;

namespace AuthMap.Cli.Tests.Benchmarks;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(2.0, 3.0, 1.0, 2.0)]
    [InlineData(2.5, 4.0, 1.0, 2.0, 3.0)]
    [InlineData(7.0, 7.0)]
    public void The_median_is_the_middle_or_between_the_two_in_the_middle(double median, params double[] values) =>
        Assert.Equal(median, Statistics.Median(values));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => Statistics.Median([]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_every_run_takes_is_no_part_of_the_exponent(double exponent)
    {
        var points = new[] { 0.0, 1_000, 5_000 }.Select(size => (size, 20 + (0.001 * Math.Pow(size, exponent)))).ToList();

        Assert.Equal(exponent, Statistics.Exponent(points), 6);
    }
}
