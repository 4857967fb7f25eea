namespace AuthMap.Editing;

/// <summary>Ever longer waits between attempts, each drawn at random so that competitors do not meet again.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = _first;

    /// <summary>The next wait: between half and the whole of 20 ms, 40 ms, … up to 2 s.</summary>
    public TimeSpan Next()
    {
        var wait = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return wait;
    }
}
