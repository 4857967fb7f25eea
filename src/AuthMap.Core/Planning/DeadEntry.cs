using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>What to say about an entry that another one of the same ARN makes useless, or that never matches.</summary>
internal static class DeadEntry
{
    /// <summary>Names an entry beside the live one, and the command that removes it alone.</summary>
    /// <param name="other">The entry.</param>
    /// <param name="live">The entry in effect.</param>
    /// <param name="wanted">The values that the entry in effect will have.</param>
    /// <param name="isStanding">Whether the authenticator may take either: two spellings of a user.</param>
    public static Notice Warn(LocatedEntry other, LocatedEntry live, PrincipalMapping wanted, bool isStanding)
    {
        var what = isStanding
            ? $"{other.Place} names the same user in different case, and the authenticator picks one of them at random"
            : $"{other.Place} names the same ARN and is shadowed";
        return DeleteArguments(other, wanted) is { } arguments
            ? Notice.Warning(what, arguments)
            : Notice.Warning($"{what}; take it out by hand, nothing tells it from {live.Place}");
    }

    /// <summary>The arguments that remove an entry but not another one of the same ARN; null when no selector tells them apart.</summary>
    public static string? DeleteArguments(LocatedEntry entry, PrincipalMapping? other)
    {
        var mapping = (PrincipalMapping)entry.Mapping;
        var command = $"delete iamidentitymapping --arn {ShellWord.Of(mapping.Arn)}";
        if (other is null)
        {
            return command;
        }

        if (mapping.Username.Length > 0 && mapping.Username != other.Username)
        {
            return $"{command} --username {ShellWord.Of(mapping.Username)}";
        }

        return mapping.Groups.FirstOrDefault(group => group.Length > 0 && !other.Groups.Contains(group)) is { } own
            ? $"{command} --group {ShellWord.Of(own)}"
            : null;
    }
}
