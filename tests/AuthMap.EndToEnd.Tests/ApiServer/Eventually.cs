namespace AuthMap.EndToEnd;

/// <summary>Waits for a condition that nothing announces.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is yes, for no longer than <paramref name="limit"/>.</summary>
    public static async Task<bool> IsTrueAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        return true;
    }
}
