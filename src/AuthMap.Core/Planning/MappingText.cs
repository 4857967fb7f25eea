using System.Buffers;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Mappings and commands in the words of messages.</summary>
internal static class MappingText
{
    private static readonly SearchValues<char> _unquoted =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");

    public static string Describe(PrincipalMapping mapping) => Describe(mapping.Username, mapping.Groups);

    public static string Describe(string username, GroupList groups) =>
        $"{(username.Length == 0 ? "no username" : username)}, {(groups.Count == 0 ? "no groups" : $"groups {string.Join(", ", groups)}")}";

    /// <summary>A word as a POSIX shell takes it.</summary>
    public static string ShellWord(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(_unquoted) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
