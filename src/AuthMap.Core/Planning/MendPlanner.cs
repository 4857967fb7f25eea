using AuthMap.Arns;
using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Linting;

namespace AuthMap.Planning;

/// <summary>
/// Plans that mistakes be mended in place. Each key's text is spliced where its findings say so, decoded again, and proven to differ in
/// the mended items only; then <see cref="MendProof"/> compares what callers become.
/// </summary>
internal sealed class MendPlanner
{
    private readonly AwsAuthDocument _before;
    private readonly List<Notice> _notices = [];
    private readonly List<Change> _changes = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    private MendPlanner(AwsAuthDocument before) => _before = before;

    public static Plan Plan(AwsAuthDocument before, MendMap wish) => new MendPlanner(before).Plan(wish);

    private Plan Plan(MendMap wish)
    {
        var index = new MapIndex(_before);
        var findings = Linter.Lint(_before, wish.Settings)
            .Where(finding => finding.Mend is not null && (wish.LettingIn || finding.Rule.Mending == Mending.Fix))
            .ToList();
        var claims = findings.Where(finding => finding.Mend!.Arn is not null)
            .ToLookup(finding => Arn.LookupKey(finding.Mend!.Arn!), StringComparer.Ordinal);
        findings = [.. findings.Where(finding => !Collides(finding, claims, index))];

        var after = _before;
        Dictionary<string, string> data = new(StringComparer.Ordinal);
        foreach (var section in _before.Sections)
        {
            var own = findings.Where(finding => finding.Key == section.Key.Name()).ToList();
            var mended = own.Count == 0 ? section : Mend(section, own);
            if (mended.Text is { } text && text != section.Text)
            {
                after = after.With(mended);
                data.Add(section.Key.Name(), text);
            }
        }

        if (data.Count > 0)
        {
            MendProof.Check(_before, after, wish.LettingIn ? _touched : []);
        }

        var accessBefore = AccessView.Of(index);
        return new(
            _before,
            after,
            _changes,
            _notices,
            accessBefore,
            data.Count == 0 ? accessBefore : AccessView.Of(after),
            data.Count == 0 ? [] : [new WriteAwsAuth(data, [])]);
    }

    // An ARN that begins to match must not meet a live row, nor another one that begins to match.
    private bool Collides(Finding finding, ILookup<string, Finding> claims, MapIndex index)
    {
        if (finding.Mend?.Arn is not { } arn)
        {
            return false;
        }

        var other = index.ByArn(arn)?.Standing[^1].Place
            ?? claims[Arn.LookupKey(arn)].Where(one => one != finding).Select(Place).FirstOrDefault();
        if (other is not null)
        {
            Left(finding, $"{arn} is mapped by {other}, too; one of them has to go");
        }

        return other is not null;
    }

    private Section Mend(Section section, List<Finding> findings)
    {
        var removals = findings.Where(finding => finding.Mend!.Splices is null).ToList();
        var removed = removals.Select(finding => finding.Mend!.Item).ToHashSet();
        var rewrites = Possible(section, [], [.. findings.Where(finding => !removed.Contains(finding.Mend!.Item))]);
        var spliced = Rewrite(section, rewrites)!;
        var after = spliced;
        try
        {
            after = SectionEditor.Apply(spliced, [.. removed.Select(item => new RemoveEntry(item))]);
        }
        catch (AuthMapException exception) when (exception.Failure.Kind == FailureKind.Refused)
        {
            removals.ForEach(finding => Left(finding, exception.Failure.Message));
            (removals, removed) = ([], []);
        }

        Tell(section, spliced, after, [.. rewrites, .. removals], removed);
        return after;
    }

    // Where one of many cannot be mended, the others can; it is found by halving.
    private List<Finding> Possible(Section section, List<Finding> done, List<Finding> wanted)
    {
        List<Finding> both = [.. done, .. wanted];
        if (Rewrite(section, both) is not null)
        {
            return both;
        }

        if (wanted is [var one])
        {
            Left(one, "it cannot be changed here without a risk to the rest");
            return done;
        }

        var half = wanted.Count / 2;
        return Possible(section, Possible(section, done, wanted[..half]), wanted[half..]);
    }

    /// <summary>The section with these findings mended; null when the result would say anything else than intended.</summary>
    private static Section? Rewrite(Section section, List<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return section;
        }

        Section after;
        try
        {
            var splices = findings.SelectMany(finding => finding.Mend!.Splices!);
            after = Decoder.Decode(section.Key, Splice.Apply(section.Text!, splices, dropFinalEnding: false));
        }
        catch (CannotSpliceException)
        {
            return null;
        }

        var touched = findings.Select(finding => finding.Mend!.Item).ToHashSet();
        var keeps = findings.Where(finding => finding.Rule.Mending == Mending.Fix).Select(finding => finding.Mend!.Item)
            .Except(findings.Where(finding => finding.Rule.Mending != Mending.Fix).Select(finding => finding.Mend!.Item));
        var (old, now) = (section.Entries.ToDictionary(entry => entry.Index), after.Entries.ToDictionary(entry => entry.Index));
        return after.Fatal is null
            && after.Faults.Count <= section.Faults.Count
            && EditProof.OthersAreSame(section, after, touched)
            && keeps.All(item => old.GetValueOrDefault(item)?.Mapping == now.GetValueOrDefault(item)?.Mapping)
                ? after
                : null;
    }

    private void Tell(Section before, Section spliced, Section after, List<Finding> mended, HashSet<int> removed)
    {
        var old = before.Entries.ToDictionary(entry => entry.Index);
        var now = spliced.Entries.Where(entry => !removed.Contains(entry.Index)).Zip(after.Entries)
            .ToDictionary(pair => pair.First.Index, pair => pair.Second);
        foreach (var finding in mended.OrderBy(finding => finding.Position.Line))
        {
            _notices.Add(Notice.Note($"{Place(finding)}: {finding.Mend!.What} ({finding.Rule.Id})"));
        }

        foreach (var item in mended.Select(finding => finding.Mend!.Item).Distinct().Order())
        {
            var (was, becomes) = (old.GetValueOrDefault(item), now.GetValueOrDefault(item));
            if ((becomes ?? was)?.Mapping is not { } shown)
            {
                continue;
            }

            if (mended.Any(finding => finding.Mend!.Item == item && finding.Rule.Mending == Mending.FixAccess))
            {
                _touched.UnionWith(new[] { was, becomes }.OfType<Entry>().Select(entry => Arn.LookupKey(entry.Mapping.Identity)));
            }

            _changes.Add(new(
                was is null ? ChangeAction.Added : becomes is null ? ChangeAction.Removed : ChangeAction.Updated,
                shown.Kind,
                shown.Identity,
                was?.Mapping,
                becomes?.Mapping,
                (becomes ?? was)!.Position.Line));
        }
    }

    private void Left(Finding finding, string reason) =>
        _notices.Add(Notice.Warning($"{Place(finding)}: {finding.Rule.Id} is not mended: {reason}"));

    private string Place(Finding finding)
    {
        var key = SectionKeys.All.First(known => known.Name() == finding.Key);
        return $"{finding.Key} line {_before.LineOf(key, finding.Position)}";
    }
}
