namespace AuthMap.EndToEnd;

/// <summary>What is planned to go wrong: each fault hits the first request that fits it, once, unless it stays.</summary>
internal sealed class FaultQueue
{
    private readonly List<(Func<RecordedRequest, bool> Fits, Fault Fault, bool Stays)> waiting = [];

    public int Count
    {
        get
        {
            lock (waiting)
            {
                return waiting.Count(planned => !planned.Stays);
            }
        }
    }

    public void Add(Func<RecordedRequest, bool> fits, Fault fault, bool stays = false)
    {
        lock (waiting)
        {
            waiting.Add((fits, fault, stays));
        }
    }

    public Fault Take(RecordedRequest request)
    {
        lock (waiting)
        {
            var index = waiting.FindIndex(fault => fault.Fits(request));
            if (index < 0)
            {
                return Faults.None;
            }

            var planned = waiting[index];
            if (!planned.Stays)
            {
                waiting.RemoveAt(index);
            }

            return planned.Fault;
        }
    }
}
