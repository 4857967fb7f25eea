namespace AuthMap.Benchmarks.Measuring;

/// <summary>The arithmetic of the comparison.</summary>
public static class Statistics
{
    /// <summary>The middle value; of an even number the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? throw new ArgumentException("There is no median of nothing.", nameof(values))
            : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>
    /// The exponent of growth between the two largest sizes, of what comes on top of the smallest: 1 is linear, 2 quadratic. What
    /// every run takes, however small its input, is not growth.
    /// </summary>
    /// <param name="points">Sizes and times, by rising size; three at least.</param>
    public static double Exponent(IReadOnlyList<(double Size, double Time)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var (least, middle, most) = (points[0], points[^2], points[^1]);
        return Math.Log((most.Time - least.Time) / (middle.Time - least.Time))
            / Math.Log((most.Size - least.Size) / (middle.Size - least.Size));
    }
}
