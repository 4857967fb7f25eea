using AuthMap.Arns;

namespace AuthMap.Cluster.Eks;

/// <summary>Says which clusters there are, to somebody who asked for another one.</summary>
internal static class ClusterNames
{
    private const int Shown = 10;

    /// <summary>A part of a sentence.</summary>
    /// <param name="wanted">The name that is not there.</param>
    /// <param name="names">Those that are.</param>
    public static string Hint(string wanted, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "there are none there";
        }

        if (names is [var only])
        {
            return $"there is {only}";
        }

        var more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        var meant = Closest.To(wanted, names) is { } close ? $"did you mean {close}? " : "";
        return $"{meant}there are {string.Join(", ", names.Take(Shown))}{more}";
    }
}
