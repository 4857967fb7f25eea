using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>What happens to one mapping.</summary>
public enum ChangeAction
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>Its username or groups change.</summary>
    Updated,

    /// <summary>It goes.</summary>
    Removed,

    /// <summary>It is already as wanted.</summary>
    Unchanged,
}

/// <summary>What a plan does to one mapping.</summary>
/// <param name="Action">What happens to it.</param>
/// <param name="Kind">Role, user or account.</param>
/// <param name="Identity">The ARN or account id, as it stands (or will stand) in the list.</param>
/// <param name="Before">The mapping as it was; null when it is new.</param>
/// <param name="After">The mapping as it will be; null when it goes.</param>
/// <param name="Line">Its line in the key's text, from 1: in the old text when it goes, in the new text otherwise.</param>
public sealed record Change(ChangeAction Action, MappingKind Kind, string Identity, Mapping? Before, Mapping? After, int? Line);

/// <summary>One write of one object.</summary>
public abstract record PlanStep
{
    private protected PlanStep()
    {
    }
}

/// <summary>The write of aws-auth.</summary>
/// <param name="Data">The keys of <c>data</c> that change, with their new texts.</param>
/// <param name="Removed">The keys of <c>data</c> that go.</param>
public sealed record WriteAwsAuth(IReadOnlyDictionary<string, string> Data, IReadOnlyList<string> Removed) : PlanStep;

/// <summary>The write of another object.</summary>
/// <param name="Change">What is written.</param>
public sealed record WriteObject(ObjectChange Change) : PlanStep;

/// <summary>What a change would do, worked out without doing it.</summary>
/// <param name="Before">The map as it was read.</param>
/// <param name="After">The map as it would be written.</param>
/// <param name="Changes">The mappings that the wishes are about, in the order of the wishes.</param>
/// <param name="Notices">What the user should know beside that.</param>
/// <param name="AccessBefore">Who enters as whom now.</param>
/// <param name="AccessAfter">Who would enter as whom.</param>
/// <param name="Steps">The writes, in order; empty when there is nothing to do.</param>
public sealed record Plan(
    AwsAuthDocument Before,
    AwsAuthDocument After,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Notice> Notices,
    AccessView AccessBefore,
    AccessView AccessAfter,
    IReadOnlyList<PlanStep> Steps)
{
    /// <summary>The objects beside aws-auth that the wishes are about, in the order in which they are written.</summary>
    public IReadOnlyList<ObjectChange> Objects { get; init; } = [];

    /// <summary>Whose access differs; worked out once, for all who ask.</summary>
    public IReadOnlyList<AccessChange> AccessChanges => AccessBefore.ChangesTo(AccessAfter);

    /// <summary>Whether aws-auth itself is written.</summary>
    public bool WritesMap => Steps.Any(step => step is WriteAwsAuth);
}
