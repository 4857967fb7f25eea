namespace AuthMap.EndToEnd;

/// <summary>What is planned to go wrong: each fault hits the first request that fits it, once.</summary>
internal sealed class FaultQueue
{
    private readonly List<(Func<RecordedRequest, bool> Fits, Fault Fault)> waiting = [];

    public int Count
    {
        get
        {
            lock (waiting)
            {
                return waiting.Count;
            }
        }
    }

    public void Add(Func<RecordedRequest, bool> fits, Fault fault)
    {
        lock (waiting)
        {
            waiting.Add((fits, fault));
        }
    }

    public Fault Take(RecordedRequest request)
    {
        lock (waiting)
        {
            var index = waiting.FindIndex(planned => planned.Fits(request));
            if (index < 0)
            {
                return Faults.None;
            }

            var fault = waiting[index].Fault;
            waiting.RemoveAt(index);
            return fault;
        }
    }
}
