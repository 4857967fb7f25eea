using AuthMap.Confirming;
using AuthMap.Editing;
using AuthMap.Guarding;
using AuthMap.Rbac;
using AuthMap.Resolving;

namespace AuthMap.Cli.Tests.Support;

/// <summary>An API server's aws-auth in memory: versions count up, and a write needs the version that was read.</summary>
internal sealed class FakeCluster(string? mapRoles) : IAwsAuthStore
{
    private readonly Dictionary<string, string> _data = mapRoles is null ? [] : new() { ["mapRoles"] = mapRoles };
    private Dictionary<string, string> _annotations = [];
    private int? _version = mapRoles is null ? null : 48213;

    public string Target => "dev";

    public IObjectStore? Objects { get; init; }

    public IReadOnlyList<string> OtherOwners { get; init; } = [];

    public AuthenticationMode? Mode { get; init; }

    /// <summary>The way in, when somebody tries it.</summary>
    public Func<IEntrance?>? FindEntrance { get; init; }

    public IEntrance? Entrance => FindEntrance?.Invoke();

    /// <summary>Who asks, as AWS knows it.</summary>
    public Caller? Caller { get; init; }

    /// <summary>As whom the server says that it let the caller in.</summary>
    public SelfReview? Review { get; init; }

    public KnownBindings? Bindings { get; init; }

    /// <summary>Whether somebody asks at all.</summary>
    public bool HasCallers { get; init; }

    public Task<Caller?> WhoAmIAsync(CancellationToken cancellationToken) => Task.FromResult(Caller);

    public Task<SelfReview?> ReviewAsync(CancellationToken cancellationToken) => Task.FromResult(Review);

    public Task<KnownBindings?> ListBindingsAsync(CancellationToken cancellationToken) => Task.FromResult(Bindings);

    /// <summary>Another program writes.</summary>
    public void Overwrite(string mapRoles)
    {
        _data["mapRoles"] = mapRoles;
        _version++;
    }

    /// <summary>How often it was written to.</summary>
    public int Writes { get; private set; }

    public IReadOnlyDictionary<string, string> Data => _data;

    public string? MapRoles => _data.GetValueOrDefault("mapRoles");

    public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(_version is null
        ? new Snapshot { Exists = false, Mode = Mode }
        : new Snapshot
        {
            Exists = true,
            Data = new Dictionary<string, string>(_data),
            Annotations = _annotations,
            Version = $"{_version}",
            OtherOwners = OtherOwners,
            Mode = Mode,
        });

    public IReadOnlyList<Notice> Preview(Snapshot read, WriteRequest write) => [];

    public Task<WriteResult> WriteAsync(Snapshot read, WriteRequest write, CancellationToken cancellationToken)
    {
        if (read.Version != _version?.ToString())
        {
            return Task.FromResult<WriteResult>(new Conflicted("the object has been modified"));
        }

        foreach (var (key, text) in write.Data)
        {
            _data[key] = text;
        }

        foreach (var key in write.Removed)
        {
            _data.Remove(key);
        }

        _annotations = _annotations.Concat(write.Annotations).GroupBy(pair => pair.Key)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value);

        Writes++;
        _version = (_version ?? 0) + 1;
        return Task.FromResult<WriteResult>(new Written($"{_version}"));
    }
}
