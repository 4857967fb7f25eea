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

        var map = _map ?? last;
        List<ObjectChange> objects =
        [
            .. last.Plan.Objects.Select(change => change.Action == ChangeAction.Unchanged && _objects.TryGetValue(change.Key, out var done) ? done.Change : change),
        ];
        objects.AddRange(_objects.Values.Select(done => done.Change).ExceptBy(objects.Select(change => change.Key), change => change.Key));
        return map with { Kind = OutcomeKind.Written, Plan = map.Plan with { Objects = objects } };
    }

    /// <summary>A failure, told with what was written before it.</summary>
    public Exception Explain(Exception exception, CancellationToken cancellationToken)
    {
        string[] lines =
        [
            .. _objects.Values.Select(done => done.IsCertain
                ? $"{done.Change.Key} was {Word(done.Change.Action)} before that"
                : $"whether {done.Change.Key} was {Word(done.Change.Action)} is not known"),
            .. _map is null ? (string[])[] : ["aws-auth was written before that"],
        ];
        return (exception, lines) switch
        {
            (_, []) => exception,
            (AuthMapException { Failure: var failure }, _) => new AuthMapException(
                failure with { Details = [.. failure.Details, .. lines, "the same command again does what is left"] }, exception),
            _ => new OperationCanceledException($"{(exception.InnerException is null ? "" : $"{exception.Message}; ")}{string.Join("; ", lines)}", exception, cancellationToken),
        };
    }

    private static string Word(ChangeAction action) => action.ToString().ToLowerInvariant();
}
