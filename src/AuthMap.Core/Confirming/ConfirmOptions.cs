using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>How a change is confirmed.</summary>
/// <param name="Window">The time in which it must be confirmed; between <see cref="Shortest"/> and <see cref="Longest"/>.</param>
public sealed record ConfirmOptions(TimeSpan Window)
{
    /// <summary>The shortest window: less shows nothing.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>The longest window.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Asks a person whether to keep the change, with as whom the caller is in and how much time is left; cancelled when
    /// it no longer matters. Null: a good probe is the confirmation.</summary>
    public Func<SelfReview, TimeSpan, CancellationToken, Task<bool>>? Ask { get; init; }

    /// <summary>Hears what is worth knowing while it goes on.</summary>
    public Action<Notice> Say { get; init; } = _ => { };

    /// <summary>Hears how to undo the change by hand, before it is written.</summary>
    public Action<ManualWay> Announce { get; init; } = _ => { };

    /// <summary>Called before anything is made that has to be undone or removed; until what it returns is disposed of, the process
    /// should not end just because it was told to.</summary>
    public Func<IDisposable?> Protect { get; init; } = () => null;

    /// <summary>How long after the write entering as before shows something, when no try has failed: the authenticator needs a
    /// moment to read a changed map.</summary>
    internal TimeSpan Settling => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(10).Ticks, Window.Ticks / 2));

    /// <summary>A time as people write it: <c>2m</c>, <c>1m30s</c>.</summary>
    /// <param name="time">The time; parts of a second are dropped.</param>
    public static string Words(TimeSpan time)
    {
        var seconds = Math.Max(0, (long)time.TotalSeconds);
        return (seconds / 3600, seconds / 60 % 60, seconds % 60) switch
        {
            (0, 0, _) => $"{seconds}s",
            (0, var minutes, 0) => $"{minutes}m",
            (0, var minutes, var rest) => $"{minutes}m{rest}s",
            (var hours, 0, 0) => $"{hours}h",
            (var hours, var minutes, var rest) => $"{hours}h{minutes}m{rest}s",
        };
    }
}
