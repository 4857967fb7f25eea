using System.Buffers;

namespace AuthMap.Cluster.Aws.Credentials;

/// <summary>Names of role sessions, as STS takes them (AssumeRole, RoleSessionName): 2 to 64 of <c>A-Za-z0-9_+=,.@-</c>.</summary>
internal static class SessionName
{
    private const int Longest = 64;
    private static readonly SearchValues<char> _characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-");

    /// <summary>Whether STS takes a name.</summary>
    public static bool IsValid(string name) => name.Length is >= 2 and <= Longest && !name.AsSpan().ContainsAnyExcept(_characters);

    /// <summary>What a session is called if nobody says: the program and the user.</summary>
    public static string OfUser(HostEnvironment host)
    {
        var user = host["USER"] ?? host["LOGNAME"] ?? host["USERNAME"] ?? "session";
        var name = $"authmap-{string.Concat(user.Select(c => _characters.Contains(c) ? c : '-'))}";
        return name.Length <= Longest ? name : name[..Longest];
    }
}
