namespace AuthMap.Core.Tests.Editing;

/// <summary>Time that moves only when told; timers fire on the way.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(GetTimestamp());

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Now;

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        long until;
        lock (_lock)
        {
            until = _now + time.Ticks;
        }

        while (FireNext(until))
        {
        }

        lock (_lock)
        {
            _now = Math.Max(_now, until);
        }
    }

    /// <summary>Lets time pass from timer to timer until something is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            // Time stands still while there is work under way.
            do
            {
                await Task.WhenAny(task, Task.Delay(20));
            }
            while (!task.IsCompleted && ThreadPool.PendingWorkItemCount > 0);

            // A time-out far ahead is the last thing to happen: on a busy machine what comes before it may be slow to show.
            if (!task.IsCompleted && TimeToNext() > TimeSpan.FromSeconds(6))
            {
                await Task.WhenAny(task, Task.Delay(300));
            }

            if (!task.IsCompleted)
            {
                FireNext(long.MaxValue);
            }
        }

        return await task;
    }

    private TimeSpan TimeToNext()
    {
        lock (_lock)
        {
            return _timers.Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_timers.Min(timer => timer.Due) - _now);
        }
    }

    private bool FireNext(long until)
    {
        ManualTimer? next;
        lock (_lock)
        {
            next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (next is null)
            {
                return false;
            }

            _now = Math.Max(_now, next.Due);
            _timers.Remove(next);
        }

        next.Fire();
        return true;
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime.Ticks;
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
