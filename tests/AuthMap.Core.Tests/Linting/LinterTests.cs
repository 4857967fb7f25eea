using AuthMap.Core.Tests.Planning;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Documents;
using AuthMap.Linting;

namespace AuthMap.Core.Tests.Linting;

public class LinterTests
{
    private static readonly LintSettings s_settings = new() { AllowedMasters = ["arn:aws:iam::111122223333:role/Admin"] };

    public static TheoryData<int> Cases() => new(Enumerable.Range(0, RuleCases.All.Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_finds_its_mistake_and_nothing_where_it_is_not(int index)
    {
        var (rule, place, bad, good) = RuleCases.All[index];

        var found = Lint(RuleCases.Document(bad)).Where(finding => finding.Rule.Id == rule).ToList();

        Assert.True(found.Any(finding => $"{finding.Key}:{finding.Position}" == place), $"{rule}: {string.Join("; ", found)}\n{bad}");
        Assert.DoesNotContain(Lint(RuleCases.Document(good)), finding => finding.Rule.Id == rule);
    }

    [Fact]
    public void Every_rule_has_a_case() =>
        Assert.Equal(Rules.All.Select(rule => rule.Id), RuleCases.All.Select(one => one.Rule).Distinct());

    [Fact]
    public void Ids_and_names_are_unique_and_ids_have_no_gaps()
    {
        Assert.Equal(Enumerable.Range(1, Rules.All.Count).Select(number => $"AM{number:000}"), Rules.All.Select(rule => rule.Id));
        Assert.Equal(Rules.All.Count, Rules.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(Rules.All, rule => Assert.True(rule.Reason is [.., not '.'] && rule.Remedy is [.., not '.'], rule.Id));
    }

    [Fact]
    public void A_clean_map_has_no_findings() => Assert.Empty(Lint(Maps.Of(
        roles: RuleCases.Nodes + Maps.Role(Maps.Dev, "dev", "view") + Maps.Role("arn:aws:iam::111122223333:role/admin", "admin-{{SessionName}}", "system:masters"),
        users: Maps.User(Maps.Alice, "alice", "edit"),
        accounts: "[]\n")));

    [Fact]
    public void No_recorded_map_makes_it_throw_and_every_fault_is_found()
    {
        foreach (var vector in Vector.Load("handwritten.jsonl").Concat(Vector.Load("generated.jsonl")))
        {
            var document = AwsAuthDocument.Parse(vector.Data);
            var places = Lint(document).Where(finding => finding.Rule.Severity == Severity.Error).Select(finding => (finding.Key, finding.Position.Line)).ToHashSet();
            Assert.All(document.Sections.SelectMany(section => section.Faults), fault =>
                Assert.True(places.Any(place => place.Key == fault.Key.Name() && Math.Abs(place.Line - fault.Position.Line) <= 1), $"{vector.Id}: {fault}"));
        }
    }

    [Fact]
    public void Findings_come_in_the_order_of_the_text()
    {
        var found = Lint(Maps.Of(roles: "- role_arn: x\n- [y]\n", users: "- username: 5\n", accounts: "- 1\n"));
        Assert.Equal(
            ["mapRoles:1", "mapRoles:1", "mapRoles:1", "mapRoles:2", "mapUsers:1", "mapUsers:1", "mapAccounts:1"],
            found.Select(finding => $"{finding.Key}:{finding.Position.Line}"));
    }

    [Theory]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a/b # authmap:ignore AM003 known\n  username: a\n", "AM003")]
    [InlineData("# authmap:ignore AM003 known\n- rolearn: arn:aws:iam::111122223333:role/a/b\n  username: a\n", "AM003")]
    [InlineData("# authmap:ignore AM003, AM018 known\n# and more\n\n- username: ~\n  rolearn: arn:aws:iam::111122223333:role/a/b\n", "AM003 AM018")]
    [InlineData("- username: ~\n  # authmap:ignore am003 AM018\n  rolearn: arn:aws:iam::111122223333:role/a/b\n", "AM003 AM018")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a/b\n  username: a\n# authmap:ignore AM003 too late\n", "")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/c # authmap:ignore AM003 another entry\n- rolearn: arn:aws:iam::111122223333:role/a/b\n", "")]
    [InlineData("# authmap:ignore AM049 no nodes here\n- rolearn: arn:aws:iam::111122223333:role/a/b\n", "AM049")]
    [InlineData("# authmap:ignore AM001\n- rolearn: a: b\n", "AM001")]
    public void A_comment_silences_rules_for_its_entry(string roles, string silenced)
    {
        var without = Ids(roles.Replace("authmap:ignore", "x", StringComparison.Ordinal));
        var with = Ids(roles);

        Assert.Equal(silenced.Split(' ', StringSplitOptions.RemoveEmptyEntries), without.Except(with).Order());
        Assert.Equal(silenced.Length == 0, with.Contains("AM053"));

        List<string> Ids(string text) => [.. Lint(Maps.Of(roles: text)).Select(finding => finding.Rule.Id)];
    }

    [Fact]
    public void The_partition_of_the_cluster_beats_that_of_the_map() => Assert.Equal(
        ["mapRoles:1:12"],
        Linter.Lint(Maps.Of(roles: "- rolearn: arn:aws:iam::111122223333:role/a\n"), new() { Partition = "aws-cn" })
            .Where(finding => finding.Rule.Id == "AM011").Select(finding => $"{finding.Key}:{finding.Position}"));

    [Fact]
    public void A_map_of_a_mebibyte_is_looked_at_in_a_moment()
    {
        var roles = string.Concat(Enumerable.Range(0, 6200).Select(i => Maps.Role($"arn:aws:iam::111122223333:role/team-of-people-{i}", $"user-{i}", "view", "edit")));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Lint(Maps.Of(roles: roles));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static IReadOnlyList<Finding> Lint(AwsAuthDocument document) => Linter.Lint(document, s_settings);
}
