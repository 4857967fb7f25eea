using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Linting.Checks;

/// <summary>What shows only when the entries are looked at together.</summary>
internal static class MapChecks
{
    public static IEnumerable<Finding> Check(LintMap map)
    {
        var live = map.Principals.Where(item => item.IsInEffect).ToList();
        return [.. NoNodes(map, live), .. OtherPartitions(map, live), .. SharedUsernames(live)];
    }

    // When the list cannot be read, that is the news.
    private static IEnumerable<Finding> NoNodes(LintMap map, List<LintItem> live) =>
        map.Document[SectionKey.MapRoles].Fatal is null && !live.Any(item => NodeChecks.IsOfNodes(item.Principal!))
            ? [new(Rules.NoNodeRole, SectionKey.MapRoles.Name(), new(1, 1), "no entry lets nodes join the cluster")]
            : [];

    private static IEnumerable<Finding> OtherPartitions(LintMap map, List<LintItem> live)
    {
        var partitions = live.Select(item => PartitionOf(item.Principal!)).ToList();
        var right = map.Settings.Partition
            ?? partitions.GroupBy(name => name).OrderByDescending(same => same.Count()).Select(same => same.Key).FirstOrDefault();
        var whose = map.Settings.Partition is null ? "most of the map" : "the cluster";
        return
            from pair in live.Zip(partitions)
            let item = pair.First
            where pair.Second != right
            select item.Find(
                Rules.OtherPartition, item.ArnField, $"{item.Principal!.Arn} is of the partition {pair.Second}, and {whose} of {right}");
    }

    private static string PartitionOf(PrincipalMapping mapping) => Arn.LookupKey(mapping.Arn).Split(':')[1];

    private static IEnumerable<Finding> SharedUsernames(List<LintItem> live) =>
        from same in live
            .Where(item => item.Principal!.Username.Length > 0 && !Templates.In(item.Principal.Username).Any())
            .GroupBy(item => item.Principal!.Username, StringComparer.Ordinal)
        let first = same.First()
        from item in same.Skip(1)
        where Arn.LookupKey(item.Principal!.Arn) != Arn.LookupKey(first.Principal!.Arn)
        select item.Find(
            Rules.SharedUsername, "username", $"{first.Status!.Located.Place} gives the username {same.Key} to {first.Principal!.Arn}, too");
}
