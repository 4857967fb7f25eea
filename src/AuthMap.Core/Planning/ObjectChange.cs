using AuthMap.Rbac;

namespace AuthMap.Planning;

/// <summary>What a plan does to one object beside aws-auth.</summary>
/// <param name="Action">What happens to it.</param>
/// <param name="Before">The object as it was read; null when it is new.</param>
/// <param name="After">The object as it will be; null when it goes.</param>
public sealed record ObjectChange(ChangeAction Action, RbacObject? Before, RbacObject? After)
{
    /// <summary>Its name.</summary>
    public ObjectKey Key => (After ?? Before)!.Key;

    /// <summary>Whether it ends a service's access, so that it comes after the write of aws-auth; else it comes before.</summary>
    public bool IsWithdrawal => After is null || (Before is RbacBinding before && After is RbacBinding after && after.Subjects.Count < before.Subjects.Count);
}
