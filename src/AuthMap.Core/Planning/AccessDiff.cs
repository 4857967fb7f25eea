using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>As whom a principal enters.</summary>
/// <param name="Username">The username before templates are filled in. For one that enters through its account it is the ARN; for
/// the row of an account it is empty.</param>
/// <param name="Groups">The groups before templates are filled in.</param>
public sealed record Access(string Username, GroupList Groups)
{
    /// <summary>Whether both let in as the same user with the same rights; the order of groups does not matter.</summary>
    /// <param name="other">The other; null is no access at all.</param>
    public bool IsSameAs(Access? other) => other is not null && Username == other.Username && Groups.GrantsSameAs(other.Groups);

    internal static Access Of(AccessRow row) => new(row.Username, row.Groups);
}

/// <summary>A principal whose access differs.</summary>
/// <param name="Kind">The kind of row.</param>
/// <param name="Principal">Its ARN, or the account id.</param>
/// <param name="Before">As whom it entered; null when it could not.</param>
/// <param name="After">As whom it will enter; null when it cannot any more.</param>
public sealed record AccessChange(MappingKind Kind, string Principal, Access? Before, Access? After);

/// <summary>What a change means for people and machines: the principals whose username or groups differ, and no others.</summary>
public static class AccessDiff
{
    /// <summary>Compares two views. A principal without an entry of its own still enters when its account is mapped.</summary>
    /// <param name="before">The view before.</param>
    /// <param name="after">The view after.</param>
    /// <returns>The differences: first those that were there before, in that order, then the new ones.</returns>
    public static IReadOnlyList<AccessChange> Compute(AccessView before, AccessView after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, changed) = (before.Index, after.Index);
        List<AccessChange> changes = [];
        foreach (var key in old.Keys.Concat(changed.Keys.Where(key => old[key].Count == 0)))
        {
            Compare(old, changed, key, changes);
        }

        return changes;
    }

    private static void Compare(AccessIndex before, AccessIndex after, string key, List<AccessChange> changes)
    {
        // Almost every principal of a map.
        if (before[key] is [var single] && after[key] is [var other] && single.Username == other.Username && single.Groups.GrantsSameAs(other.Groups))
        {
            return;
        }

        var (old, changed) = (before[key].ToList(), after[key].ToList());

        // Spellings of one user are compared with themselves first; else a row that is gone would hide among those that stay.
        for (var i = Math.Max(old.Count, changed.Count) == 1 ? -1 : old.Count - 1; i >= 0; i--)
        {
            var row = old[i];
            var same = changed.FindIndex(now => now.Principal == row.Principal && Access.Of(now).IsSameAs(Access.Of(row)));
            if (same >= 0)
            {
                old.RemoveAt(i);
                changed.RemoveAt(same);
            }
        }

        for (var i = 0; i < Math.Max(old.Count, changed.Count); i++)
        {
            var (oldRow, newRow) = (old.ElementAtOrDefault(i), changed.ElementAtOrDefault(i));
            var row = (newRow ?? oldRow)!;
            var was = oldRow is null ? before.ThroughAccount(row) : Access.Of(oldRow);
            var becomes = newRow is null ? after.ThroughAccount(row) : Access.Of(newRow);
            if (was is null ? becomes is not null : !was.IsSameAs(becomes))
            {
                changes.Add(new(row.Kind, row.Principal, was, becomes));
            }
        }
    }
}
