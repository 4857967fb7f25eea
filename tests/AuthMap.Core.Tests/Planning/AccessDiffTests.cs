using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class AccessDiffTests
{
    [Fact]
    public void Only_what_differs_is_listed() => Assert.Equal(
        [
            new AccessChange(MappingKind.Role, Maps.Dev, new("dev", ["view"]), new("dev", ["edit"])),
            new AccessChange(MappingKind.User, Maps.Alice, null, new("alice", [])),
        ],
        Diff(
            Maps.Of(Maps.NodeRow + Maps.Role(Maps.Dev, "dev", "view")),
            Maps.Of(Maps.Role(Maps.Dev, "dev", "edit") + Maps.NodeRow, Maps.User(Maps.Alice, "alice"))));

    [Fact]
    public void The_order_of_groups_is_no_difference() =>
        Assert.Empty(Diff(Maps.Of(Maps.Role(Maps.Dev, "dev", "a", "b")), Maps.Of(Maps.Role(Maps.Dev, "dev", "b", "a"))));

    [Fact]
    public void A_principal_of_a_mapped_account_still_enters_under_its_arn() => Assert.Equal(
        [new AccessChange(MappingKind.Role, Maps.Dev, new("dev", ["view"]), new(Maps.Dev, []))],
        Diff(
            Maps.Of(Maps.Role(Maps.Dev, "dev", "view"), accounts: "- '111122223333'\n"),
            Maps.Of("[]", accounts: "- '111122223333'\n")));

    [Fact]
    public void A_removed_account_is_a_row_of_its_own() => Assert.Equal(
        [new AccessChange(MappingKind.Account, "111122223333", new("", []), null)],
        Diff(Maps.Of(accounts: "- '111122223333'\n"), Maps.Of(accounts: "[]")));

    [Fact]
    public void Spellings_of_one_user_are_told_apart()
    {
        var other = Maps.Alice.Replace("alice", "Alice", StringComparison.Ordinal);
        Assert.Equal(
            [new AccessChange(MappingKind.User, Maps.Alice, new("a", []), null)],
            Diff(Maps.Of(users: Maps.User(Maps.Alice, "a") + Maps.User(other, "b")), Maps.Of(users: Maps.User(other, "b"))));
    }

    private static IReadOnlyList<AccessChange> Diff(AwsAuthDocument before, AwsAuthDocument after) =>
        AccessDiff.Compute(AccessView.Of(before), AccessView.Of(after));
}
