using AuthMap.Documents;
using AuthMap.History;
using AuthMap.Planning;

namespace AuthMap.Editing;

/// <summary>What became of a write whose answer was lost.</summary>
internal enum Settlement
{
    /// <summary>It happened, or the map is as it would have left it.</summary>
    Happened,

    /// <summary>It has not happened so far, but may still arrive: the object is as it was read.</summary>
    NotYet,

    /// <summary>It did not happen and cannot any more: the version that it asks for is gone.</summary>
    Lost,

    /// <summary>It cannot be told: the object changed since, and the traces of our writes with it.</summary>
    Unknown,
}

/// <summary>One attempt to write: what was read, what was planned on it, and what was sent.</summary>
/// <param name="Id">The id of the change, the same for all its attempts.</param>
/// <param name="Read">The object as it was read.</param>
/// <param name="Plan">The plan made from that.</param>
/// <param name="Request">What is sent to the store; no keys when the plan is about other objects alone.</param>
/// <param name="Notices">What is to be said about the history that is kept with it.</param>
internal sealed record Attempt(string Id, Snapshot Read, Plan Plan, WriteRequest Request, IReadOnlyList<Notice> Notices)
{
    /// <summary>Makes an attempt.</summary>
    /// <param name="id">The id of the change.</param>
    /// <param name="read">The object as it was read.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="origin">Who writes; null to keep no history.</param>
    public static Attempt Of(string id, Snapshot read, Plan plan, RevisionOrigin? origin)
    {
        var write = plan.Steps.OfType<WriteAwsAuth>().SingleOrDefault() ?? new(new Dictionary<string, string>(), []);
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [WriteIds.Annotation] = WriteIds.Add(read, id) };
        List<Notice> notices = [];
        if (origin is not null && plan.WritesMap)
        {
            var log = RevisionLog.Of(read, out var damage).After(MapTexts.Of(plan.Before.Data), MapTexts.Of(plan.After.Data), origin);
            var others = new Dictionary<string, string>(read.Annotations, StringComparer.Ordinal);
            others[WriteIds.Annotation] = annotations[WriteIds.Annotation];
            if (log.Write(others, out var loss) is { } value)
            {
                annotations.Add(RevisionLog.Annotation, value);
            }

            notices.AddRange(new[] { damage, loss }.OfType<Notice>());
        }

        return new(id, read, plan, new(write.Data, annotations) { Removed = write.Removed }, notices);
    }

    /// <summary>Tells from the object as it is now what became of this attempt.</summary>
    public Settlement Settle(Snapshot now)
    {
        var (ids, idsBefore) = (WriteIds.Of(now), WriteIds.Of(Read));
        if (ids.Contains(Id))
        {
            return Settlement.Happened;
        }

        if (now.Exists == Read.Exists && now.Version == Read.Version)
        {
            return Settlement.NotYet;
        }

        // Ours would stand before the ids that we read, so where those are still to be seen, ours would be, too.
        if (idsBefore.Count > 0 ? ids.Contains(idsBefore[0]) : ids.Count is > 0 and < WriteIds.Kept)
        {
            return Settlement.Lost;
        }

        var isAsPlanned = Request.Data.All(pair => now.Data.TryGetValue(pair.Key, out var text) && text == pair.Value)
            && !Request.Removed.Any(now.Data.ContainsKey);
        return isAsPlanned ? Settlement.Happened : Settlement.Unknown;
    }
}
