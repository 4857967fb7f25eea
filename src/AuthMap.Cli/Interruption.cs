namespace AuthMap.Cli;

/// <summary>Signals that ask the program to end, and how long it may take: a moment, unless something has to be put in order first.</summary>
internal sealed class Interruption : IDisposable
{
    // A write under way is settled in that time.
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(950);

    private readonly CancellationTokenSource _source = new();
    private readonly Action _exit;
    private readonly Lock _lock = new();
    private Action? _protest;
    private Action? _lastWord;
    private bool _hasProtested;

    /// <param name="exit">Ends the process at once.</param>
    public Interruption(Action exit) => _exit = exit;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>From now on signals cancel, but do not end the process, until what is returned is disposed of. The second signal is
    /// answered with a word why it goes on; the third ends the process, with a last word.</summary>
    /// <param name="protest">Says why it goes on.</param>
    /// <param name="lastWord">Says what is left undone.</param>
    public IDisposable Hold(Action protest, Action lastWord)
    {
        lock (_lock)
        {
            (_protest, _lastWord) = (protest, lastWord);
        }

        return new Release(this);
    }

    /// <summary>A signal came.</summary>
    public void Signal()
    {
        var isFirst = !_source.IsCancellationRequested;
        if (isFirst)
        {
            _source.Cancel();
            ExitSoon();
            return;
        }

        Action? protest, lastWord;
        lock (_lock)
        {
            (protest, lastWord) = (_hasProtested ? null : _protest, _lastWord);
            _hasProtested |= protest is not null;
        }

        if (protest is not null)
        {
            protest();
            return;
        }

        lastWord?.Invoke();
        _exit();
    }

    public void Dispose() => _source.Dispose();

    private void ExitSoon() => _ = Task.Delay(_moment).ContinueWith(
        _ =>
        {
            lock (_lock)
            {
                if (_protest is not null)
                {
                    return;
                }
            }

            _exit();
        },
        TaskScheduler.Default);

    private sealed class Release(Interruption owner) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                (owner._protest, owner._lastWord) = (null, null);
            }

            if (owner._source.IsCancellationRequested)
            {
                owner.ExitSoon();
            }
        }
    }
}
