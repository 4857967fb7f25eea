using System.Text;

namespace AuthMap.Yaml;

/// <summary>Orders strings by their UTF-8 bytes, as Go does; UTF-16 order differs only around surrogates.</summary>
internal static class Utf8Order
{
    /// <summary>Compares two strings.</summary>
    public static int Compare(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        if (common > 0 && char.IsHighSurrogate(a[common - 1]))
        {
            common--;
        }

        Rune.DecodeFromUtf16(a.AsSpan(common), out var left, out _);
        Rune.DecodeFromUtf16(b.AsSpan(common), out var right, out _);
        return left.CompareTo(right);
    }
}
