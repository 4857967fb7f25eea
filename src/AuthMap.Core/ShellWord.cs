using System.Buffers;

namespace AuthMap;

/// <summary>Words of commands that people paste into a shell.</summary>
public static class ShellWord
{
    private static readonly SearchValues<char> _unquoted =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");

    /// <summary>A word as a POSIX shell takes it, in single quotes where it needs any.</summary>
    /// <param name="text">The word.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && !text.AsSpan().ContainsAnyExcept(_unquoted)
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
