using AuthMap.Arns;
using AuthMap.Core.Tests.Documents;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Documents;
using AuthMap.Linting;
using AuthMap.Mappings;
using AuthMap.Planning;
using CsCheck;

namespace AuthMap.Core.Tests.Planning;

public class MendPlannerTests
{
    [Theory]
    [InlineData("- roleARN: arn:aws:iam::111122223333:role/a # x\n  Username: a\n", "- rolearn: arn:aws:iam::111122223333:role/a # x\n  username: a\n")]
    [InlineData("[{\"roleARN\": \"arn:aws:iam::111122223333:role/a\"}]", "[{\"rolearn\": \"arn:aws:iam::111122223333:role/a\"}]")]
    [InlineData("- rolearn: x\n  username: a\n# the second\n- rolearn: x\n  Username: b\n", "# the second\n- rolearn: x\n  username: b\n", "x")]
    public void A_fix_changes_the_text_and_nobodys_outcome(string before, string after, string? dead = null)
    {
        const string Arn = "arn:aws:iam::111122223333:role/dead";
        if (dead is not null)
        {
            (before, after) = (before.Replace("rolearn: x", $"rolearn: {Arn}", StringComparison.Ordinal), after.Replace("rolearn: x", $"rolearn: {Arn}", StringComparison.Ordinal));
        }

        var plan = Mend(Maps.Of(roles: before), lettingIn: false);

        Assert.Equal(after, plan.After[SectionKey.MapRoles].Text);
        Assert.Empty(AccessDiff.Compute(plan.AccessBefore, plan.AccessAfter));
        Assert.Single(plan.Steps);
    }

    [Fact]
    public void A_fix_quotes_accounts_and_takes_doubles_away()
    {
        var plan = Mend(Maps.Of(accounts: "# ours\n- 012345678901 # main\n- '111122223333'\n- 111122223333\n"), lettingIn: false);
        Assert.Equal("# ours\n- \"012345678901\" # main\n- '111122223333'\n", plan.After[SectionKey.MapAccounts].Text);
        Assert.Equal([ChangeAction.Updated, ChangeAction.Removed], plan.Changes.Select(change => change.Action));
    }

    [Theory]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/team/a\n  username: a\n", "- rolearn: arn:aws:iam::111122223333:role/a\n  username: a\n")]
    [InlineData("- rolearn: \"arn:aws:sts::111122223333:assumed-role/a/bob\"\n", "- rolearn: \"arn:aws:iam::111122223333:role/a\"\n")]
    [InlineData("- role_arn: arn:aws:iam::111122223333:role/a\n", "- rolearn: arn:aws:iam::111122223333:role/a\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  username: 0123 # x\n", "- rolearn: arn:aws:iam::111122223333:role/a\n  username: \"0123\" # x\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  groups: system:masters # x\n", "- rolearn: arn:aws:iam::111122223333:role/a\n  groups:\n  - system:masters # x\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  groups:\n  - 7\n  - view\n", "- rolearn: arn:aws:iam::111122223333:role/a\n  groups:\n  - \"7\"\n  - view\n")]
    [InlineData("[{rolearn: \"arn:aws:iam::111122223333:role/a\", groups: view}]", "[{rolearn: \"arn:aws:iam::111122223333:role/a\", groups: [view]}]")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  group: [a]\n", "- rolearn: arn:aws:iam::111122223333:role/a\n  groups: [a]\n")]
    public void A_fix_that_lets_somebody_in_is_made_only_when_asked_for(string before, string after)
    {
        Assert.Empty(Mend(Maps.Of(roles: before), lettingIn: false).Steps);

        var plan = Mend(Maps.Of(roles: before), lettingIn: true);

        Assert.Equal(after, plan.After[SectionKey.MapRoles].Text);
        Assert.NotEmpty(AccessDiff.Compute(plan.AccessBefore, plan.AccessAfter));
    }

    [Theory]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  username: live\n- rolearn: arn:aws:iam::111122223333:role/team/a\n  username: dead\n",
        "mapRoles line 3: AM003 is not mended: arn:aws:iam::111122223333:role/a is mapped by mapRoles line 1, too; one of them has to go")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/x/a\n- rolearn: arn:aws:iam::111122223333:role/y/a\n",
        "mapRoles line 1: AM003 is not mended: arn:aws:iam::111122223333:role/a is mapped by mapRoles line 2, too; one of them has to go",
        "mapRoles line 2: AM003 is not mended: arn:aws:iam::111122223333:role/a is mapped by mapRoles line 1, too; one of them has to go")]
    public void An_ARN_that_is_mapped_already_is_left_and_that_is_said(string roles, params string[] notices)
    {
        var plan = Mend(Maps.Of(roles: roles), lettingIn: true);
        Assert.Empty(plan.Steps);
        Assert.Equal(notices, plan.Notices.Select(notice => notice.Text));
    }

    [Theory]
    [InlineData("- &a\n  roleARN: arn:aws:iam::111122223333:role/a\n- *a\n")]
    [InlineData("- roleARN: arn:aws:iam::111122223333:role/a\n  rolearn: arn:aws:iam::111122223333:role/b\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  groups: view, edit\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  groups: |\n    view\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/a\n  username: {{SessionName}}\n")]
    [InlineData("- rolearn: arn:aws:iam::111122223333:role/team/a # authmap:ignore AM003 on purpose\n")]
    public void What_is_not_clear_is_left_to_a_person(string roles)
    {
        var plan = Mend(Maps.Of(roles: roles), lettingIn: true);
        Assert.Equal(roles, plan.After[SectionKey.MapRoles].Text);
    }

    // Lists with duplicates and dead rows, as people write them.
    private static readonly Gen<string> s_lists =
        from text in MapGenerator.Lists
        from arns in Pick.From("r0", "r1", "r2", "team/r3", "R0").Array[5]
        select Enumerable.Range(0, 5).Aggregate(text, (map, i) => map.Replace($"role/r{i}", $"role/#{i}", StringComparison.Ordinal))
            is var marked ? Enumerable.Range(0, 5).Aggregate(marked, (map, i) => map.Replace($"role/#{i}", $"role/{arns[i]}", StringComparison.Ordinal)) : "";

    [Fact]
    public void A_fix_never_changes_what_a_principal_becomes() => s_lists.Sample(
        text =>
        {
            var before = Maps.Of(roles: text);
            var plan = Mend(before, lettingIn: false);
            Assert.Equal(Outcomes(before), Outcomes(plan.After));
            Assert.DoesNotContain(Linter.Lint(plan.After, new()), finding => finding.Rule.Mending == Mending.Fix && finding.Mend is not null);
            Assert.Empty(Mend(plan.After, lettingIn: false).Steps);
        },
        iter: 1500);

    [Fact]
    public void A_fix_that_lets_somebody_in_never_changes_what_a_clean_principal_becomes() => s_lists.Sample(
        text =>
        {
            var before = Maps.Of(roles: text);
            var dirty = Linter.Lint(before, new()).Where(finding => finding.Rule.Mending == Mending.FixAccess).Select(finding => finding.Position.Line).ToList();
            var plan = Mend(before, lettingIn: true);
            var (old, now) = (Outcomes(before), Outcomes(plan.After));
            foreach (var status in EntryStatus.Of(before).Where(status => status.Reachability == Reachability.Effective))
            {
                var entry = status.Located.Entry;
                var lines = text[entry.Span.Start..entry.Span.End].Count(c => c == '\n');
                if (!dirty.Any(line => line >= entry.Position.Line && line <= entry.Position.Line + lines))
                {
                    var key = Arn.LookupKey(entry.Mapping.Identity);
                    Assert.Equal(old[key], now[key]);
                }
            }
        },
        iter: 1500);

    [Fact]
    public void Nothing_that_is_read_can_crash_lint_or_a_fix() => Gen.Select(
        Pick.From("- ", "rolearn: ", "arn:aws:iam::1:role/a/b", "roleARN: a", "username: 5", "groups: x", "\n", "  ", "[", "]", "{", "}", ", ", ": ", "&a ", "*a", "\"", "'", "|", "# authmap:ignore AM003", "\t", "---", "null", "<<: ", "!!str ", "\r\n")
            .Array[0, 16].Select(string.Concat),
        Gen.Bool).Sample(
            (text, lettingIn) =>
            {
                try
                {
                    var plan = Mend(Maps.Of(roles: text, accounts: text), lettingIn);
                    Assert.All(plan.After.Sections, section => Assert.Equal(plan.Before[section.Key].Fatal is null, section.Fatal is null));
                }
                catch (AuthMapException exception)
                {
                    Assert.Equal(FailureKind.Refused, exception.Failure.Kind);
                }
            },
            iter: 10000);

    [Fact]
    public void No_recorded_map_is_mended_into_another_access()
    {
        foreach (var vector in Vector.Load("handwritten.jsonl").Concat(Vector.Load("generated.jsonl")))
        {
            var before = AwsAuthDocument.Parse(vector.Data);
            var plan = Mend(before, lettingIn: false);
            Assert.Empty(AccessDiff.Compute(plan.AccessBefore, plan.AccessAfter));
            Assert.Equal(Outcomes(before), Outcomes(plan.After));
            Mend(before, lettingIn: true);
        }
    }

    private static Plan Mend(AwsAuthDocument document, bool lettingIn) =>
        Planner.Plan(document, [new MendMap(lettingIn, new LintSettings())]);

    // By the rules of the authenticator, without the resolver: of the roles the last wins.
    private static SortedDictionary<string, string> Outcomes(AwsAuthDocument document)
    {
        var outcomes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in document[SectionKey.MapRoles].Entries)
        {
            var mapping = (RoleMapping)entry.Mapping;
            outcomes[Arn.LookupKey(mapping.Arn)] = $"{mapping.Username} {mapping.Groups}";
        }

        return outcomes;
    }
}
