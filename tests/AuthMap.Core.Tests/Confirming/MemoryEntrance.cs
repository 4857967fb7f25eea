using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Resolving;

namespace AuthMap.Core.Tests.Confirming;

/// <summary>A door in memory: a probe takes a second and shows what the test says.</summary>
internal sealed class MemoryEntrance(IAwsAuthStore store, TimeProvider clock) : IEntrance, IWayBack
{
    /// <summary>What a probe shows, by its number; 0 is the one before the write.</summary>
    public Func<int, Probe> Show { get; set; } = _ => throw new InvalidOperationException();

    public Exception? Fault { get; set; }

    /// <summary>What happened, in its order.</summary>
    public List<string> Log { get; } = [];

    public TimeSpan Life { get; private set; }

    public IReadOnlyDictionary<string, string?> Patch { get; private set; } = new Dictionary<string, string?>();

    public IAwsAuthStore Store { get; set; } = store;

    public DateTimeOffset Expires { get; private set; }

    public string Kubeconfig => "/run/way back.kubeconfig";

    private int _probes;

    public async Task<Probe> EnterAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        return Show(_probes++);
    }

    public Task SweepAsync(CancellationToken cancellationToken)
    {
        Log.Add("sweep");
        return Task.CompletedTask;
    }

    public Task<IWayBack> OpenWayBackAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        Log.Add("open");
        (Life, Expires) = (life, clock.GetUtcNow() + life);
        return Fault is null ? Task.FromResult<IWayBack>(this) : throw Fault;
    }

    public string KeepPatch(IReadOnlyDictionary<string, string?> texts)
    {
        Patch = texts;
        return "/run/patch.json";
    }

    public Task<IReadOnlyList<string>> CloseAsync(CancellationToken cancellationToken)
    {
        Log.Add("close");
        return Task.FromResult<IReadOnlyList<string>>([]);
    }

    /// <summary>In as a role that the map lets in.</summary>
    public static Entered In(string username, params string[] groups) => new(
        new(username, [.. groups, "system:authenticated"], ConfirmedChangeTests.Arn, "AROAX:bob", null), IsFresh: true);
}
