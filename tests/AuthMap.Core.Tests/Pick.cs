using CsCheck;

namespace AuthMap.Core.Tests;

/// <summary>Generators of one of a few given values.</summary>
internal static class Pick
{
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
