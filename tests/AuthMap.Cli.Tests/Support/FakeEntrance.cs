using AuthMap.Confirming;
using AuthMap.Editing;

namespace AuthMap.Cli.Tests.Support;

/// <summary>A door where each probe shows the next thing, and then the last one for ever.</summary>
internal sealed class FakeEntrance(params Probe[] shows) : IEntrance, IWayBack
{
    private int _probes;

    public required IAwsAuthStore Store { get; init; }

    public DateTimeOffset Expires { get; } = DateTimeOffset.UtcNow.AddHours(1);

    public string Kubeconfig => "way-back.kubeconfig";

    public bool IsOpen { get; private set; }

    public Task<Probe> EnterAsync(CancellationToken cancellationToken) => Task.FromResult(shows[Math.Min(_probes++, shows.Length - 1)]);

    public Task SweepAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IWayBack> OpenWayBackAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        IsOpen = true;
        return Task.FromResult<IWayBack>(this);
    }

    public string KeepPatch(IReadOnlyDictionary<string, string?> texts) => "patch.json";

    public Task<IReadOnlyList<string>> CloseAsync(CancellationToken cancellationToken)
    {
        IsOpen = false;
        return Task.FromResult<IReadOnlyList<string>>([]);
    }
}
