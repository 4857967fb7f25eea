using System.Buffers;

namespace AuthMap.Arns;

/// <summary>What IAM allows in the names and paths of roles and users (IAM API reference, CreateRole and CreateUser).</summary>
internal static class IamName
{
    /// <summary>The longest name of a role or a user.</summary>
    public const int MaxLength = 64;

    /// <summary>The longest path, both slashes included.</summary>
    public const int MaxPathLength = 512;

    private const string Word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    /// <summary>Letters, digits and underscore.</summary>
    public static readonly SearchValues<char> WordCharacters = SearchValues.Create(Word);

    /// <summary>What a name consists of.</summary>
    public static readonly SearchValues<char> Characters = SearchValues.Create(Word + "+=,.@-");

    /// <summary>Whether a text can be the name of a role or a user.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Characters);

    /// <summary>Says what is wrong with what follows <c>role/</c> or <c>user/</c>, as the end of a sentence that begins with the ARN.</summary>
    /// <param name="kind"><c>role</c> or <c>user</c>.</param>
    /// <param name="pathAndName">The path without its first slash, and the name.</param>
    /// <returns>Null when nothing is wrong.</returns>
    public static string? Check(ReadOnlySpan<char> kind, ReadOnlySpan<char> pathAndName)
    {
        var slash = pathAndName.LastIndexOf('/');
        var path = pathAndName[..(slash + 1)];
        var name = pathAndName[(slash + 1)..];
        if (name.Length == 0)
        {
            return path.Length == 0 ? $"names no {kind}" : "ends in a slash";
        }

        if (path.StartsWith('/') || path.Contains("//", StringComparison.Ordinal))
        {
            return "has two slashes in a row";
        }

        if (name.IndexOfAnyExcept(Characters) is var at and >= 0)
        {
            return $"has \"{name[at]}\" in the {kind}'s name, which IAM does not allow";
        }

        if (name.Length > MaxLength)
        {
            return $"has a {kind} name of {name.Length} characters; IAM allows {MaxLength}";
        }

        // The slash before the path is part of it.
        return path.Length + 1 > MaxPathLength ? $"has a path of {path.Length + 1} characters; IAM allows {MaxPathLength}" : null;
    }
}
