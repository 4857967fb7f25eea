using AuthMap.Confirming;
using AuthMap.Editing;

namespace AuthMap.Core.Tests.Editing;

/// <summary>What goes wrong with one request.</summary>
internal abstract record Fault
{
    /// <summary>The request does not arrive, and no answer comes.</summary>
    public sealed record LostRequest : Fault;

    /// <summary>The request does its work, and no answer comes.</summary>
    public sealed record LostAnswer : Fault;

    /// <summary>The request is said to have come too late.</summary>
    public sealed record Conflict : Fault;

    /// <summary>The request is put off.</summary>
    public sealed record Throttled(TimeSpan? RetryAfter) : Fault;

    /// <summary>The request does not arrive until the next one is sent.</summary>
    public sealed record Delayed : Fault;

    /// <summary>The request does not arrive until the test lets it.</summary>
    public sealed record Stuck : Fault;

    /// <summary>The request arrives, and its answer is waited for in vain.</summary>
    public sealed record Hangs(bool DoesItsWork) : Fault;

    /// <summary>The store fails.</summary>
    public sealed record Throws(Failure Failure) : Fault;
}

/// <summary>A store in memory, with versions; what goes wrong is said beforehand.</summary>
internal sealed class MemoryStore : IAwsAuthStore
{
    private readonly Lock _lock = new();
    private readonly Queue<Fault?> _writeFaults = [];
    private readonly Queue<Fault?> _readFaults = [];
    private Snapshot _object = new() { Exists = false };
    private Func<WriteResult>? _delayed;
    private Func<WriteResult>? _stuck;
    private int _version;

    public string Target => "memory";

    /// <summary>The cluster's other objects; null where there are none.</summary>
    public MemoryObjects? Cluster { get; init; }

    public IObjectStore? Objects => Cluster;

    /// <summary>The way in, when somebody tries it.</summary>
    public Func<IEntrance?>? FindEntrance { get; init; }

    public IEntrance? Entrance => FindEntrance?.Invoke();

    public bool KeepsAnnotations { get; init; } = true;

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Called before each read, with its number from 1.</summary>
    public Func<int, Task>? BeforeRead { get; set; }

    /// <summary>Called before each write gets in, with its number from 1.</summary>
    public Action<int>? BeforeWrite { get; set; }

    public Snapshot Object
    {
        get
        {
            lock (_lock)
            {
                return _object;
            }
        }
    }

    /// <summary>A request that was stuck arrives at last.</summary>
    public WriteResult Arrive() => _stuck!();

    public string Roles => Object.Data.GetValueOrDefault("mapRoles", "");

    public MemoryStore With(string roles)
    {
        Replace(roles, Object.Annotations);
        return this;
    }

    public MemoryStore OnWrite(params Fault?[] faults)
    {
        Array.ForEach(faults, _writeFaults.Enqueue);
        return this;
    }

    public MemoryStore OnRead(params Fault?[] faults)
    {
        Array.ForEach(faults, _readFaults.Enqueue);
        return this;
    }

    /// <summary>Another program writes; it keeps the annotations or not.</summary>
    public void Replace(string roles, IReadOnlyDictionary<string, string>? annotations = null)
    {
        lock (_lock)
        {
            _object = new()
            {
                Exists = true,
                Data = new Dictionary<string, string>(_object.Data) { ["mapRoles"] = roles },
                Annotations = annotations ?? new Dictionary<string, string>(),
                Version = $"{++_version}",
            };
        }
    }

    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fault? fault;
        int number;
        lock (_lock)
        {
            number = ++Reads;
            _readFaults.TryDequeue(out fault);
        }

        if (BeforeRead is not null)
        {
            await BeforeRead(number);
        }

        switch (fault)
        {
            case Fault.Hangs:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case Fault.Throws(var failure):
                throw new AuthMapException(failure);
        }

        return Object;
    }

    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

    public async Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        Fault? fault;
        int number;
        lock (_lock)
        {
            number = ++Writes;
            _writeFaults.TryDequeue(out fault);
        }

        BeforeWrite?.Invoke(number);
        if (Interlocked.Exchange(ref _delayed, null) is { } late)
        {
            late();
        }

        var lost = new Unsettled(new(FailureKind.Unreachable, "the answer was lost"));
        switch (fault)
        {
            case Fault.LostRequest:
                return lost;
            case Fault.LostAnswer:
                Write(read, write);
                return lost;
            case Fault.Delayed:
                _delayed = () => Write(read, write);
                return lost;
            case Fault.Stuck:
                _stuck = () => Write(read, write);
                return lost;
            case Fault.Conflict:
                return new Conflicted("the object has been modified");
            case Fault.Throttled(var retryAfter):
                return new Deferred("too many requests", retryAfter);
            case Fault.Throws(var failure):
                throw new AuthMapException(failure);
            case Fault.Hangs(var doesItsWork):
                if (doesItsWork)
                {
                    Write(read, write);
                }

                await Task.Delay(Timeout.Infinite, cancellationToken);
                return lost;
            default:
                // Competitors get in between.
                await Task.Yield();
                return Write(read, write);
        }
    }

    private WriteResult Write(Snapshot read, WriteRequest write)
    {
        lock (_lock)
        {
            if (read.Version != _object.Version)
            {
                return new Conflicted($"the object has been modified: {read.Version} is not {_object.Version}");
            }

            _object = new()
            {
                Exists = true,
                Data = Merge(_object.Data, write.Data).Where(pair => !write.Removed.Contains(pair.Key)).ToDictionary(),
                Annotations = KeepsAnnotations ? Merge(_object.Annotations, write.Annotations) : _object.Annotations,
                Version = $"{++_version}",
            };
            return new Written(_object.Version);
        }
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> changed)
    {
        var merged = new Dictionary<string, string>(old);
        foreach (var (key, value) in changed)
        {
            merged[key] = value;
        }

        return merged;
    }
}
