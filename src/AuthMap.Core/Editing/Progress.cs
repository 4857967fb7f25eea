using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Editing;

/// <summary>What a change of several objects has written so far, by all of its attempts.</summary>
internal sealed class Progress
{
    private readonly Dictionary<ObjectKey, (ObjectChange Change, bool IsCertain)> _objects = [];
    private Outcome? _map;

    /// <summary>Whether anything was or may have been written.</summary>
    public bool HasBegun => _map is not null || _objects.Count > 0;

    /// <summary>What was written, a line each.</summary>
    public IEnumerable<string> Lines =>
    [
        .. _objects.Values.Select(done => done.IsCertain
            ? $"{done.Change.Key} was {Word(done.Change.Action)} before that"
            : $"whether {done.Change.Key} was {Word(done.Change.Action)} is not known"),
        .. _map is null ? (string[])[] : ["aws-auth was written before that"],
    ];

    /// <summary>The map was written.</summary>
    public void Add(Outcome map) => _map = map;

    /// <summary>An object was written; or its answer was lost, and that is not certain.</summary>
    public void Add(ObjectChange change, bool isCertain) => _objects[change.Key] = (change, isCertain);

    /// <summary>An attempt that went through, told with what those before it had done.</summary>
    public Outcome Tell(Outcome last)
    {
        if (!HasBegun)
        {
            return last;
        }

        // What was removed before is no longer in the last plan; it came before what was left to remove.
        var map = _map ?? last;
        var keys = last.Plan.Objects.Select(change => change.Key).ToHashSet();
        IReadOnlyList<ObjectChange> objects =
        [
            .. last.Plan.Objects.Where(change => !change.IsWithdrawal).Select(Done),
            .. _objects.Values.Select(done => done.Change).Where(change => !keys.Contains(change.Key)),
            .. last.Plan.Objects.Where(change => change.IsWithdrawal),
        ];
        return map with { Kind = OutcomeKind.Written, Plan = map.Plan with { Objects = objects } };
    }

    /// <summary>A failure, told with what was written before it.</summary>
    public Exception Explain(Exception exception, CancellationToken cancellationToken)
    {
        string[] lines = [.. Lines];
        return (exception, lines) switch
        {
            (_, []) => exception,
            (AuthMapException { Failure: var failure }, _) => new AuthMapException(
                failure with { Details = [.. failure.Details, .. lines, "the same command again does what is left"] }, exception),
            (OperationCanceledException { InnerException: not null }, _) =>
                new OperationCanceledException($"{exception.Message}; {string.Join("; ", lines)}", exception, cancellationToken),
            _ => new OperationCanceledException(string.Join("; ", lines), exception, cancellationToken),
        };
    }

    private ObjectChange Done(ObjectChange last) =>
        last.Action == ChangeAction.Unchanged && _objects.TryGetValue(last.Key, out var done) ? done.Change : last;

    private static string Word(ChangeAction action) => action.ToString().ToLowerInvariant();
}
