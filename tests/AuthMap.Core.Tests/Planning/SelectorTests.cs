using AuthMap.Documents;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class SelectorTests
{
    private const string Pathed = "arn:aws:iam::111122223333:role/ops/dev";

    private static readonly AwsAuthDocument _map = Maps.Of(
        Maps.Role(Pathed, "pathed") + Maps.Role(Maps.Dev, "dev", "view", "edit") + Maps.Role(Maps.Node, "dev", "view"),
        Maps.User(Maps.Alice, "alice"),
        "- '111122223333'\n");

    [Fact]
    public void Nothing_given_means_everything() => Assert.Equal(5, new Selector(null, null, null, null).Select(_map).Entries.Count);

    [Fact]
    public void An_arn_means_the_entries_equal_to_it_without_case() =>
        Assert.Equal(["mapRoles line 1"], Places(new(Pathed.ToUpperInvariant(), null, null, null)));

    [Fact]
    public void An_arn_that_no_entry_names_means_its_canonical_form_with_a_note()
    {
        var selection = new Selector("arn:aws:sts::111122223333:assumed-role/dev/bob", null, null, null).Select(_map);
        Assert.Equal("dev", Assert.Single(selection.Entries).Mapping is AuthMap.Mappings.PrincipalMapping { Username: var name } ? name : null);
        Assert.Equal(
            [Notice.Note($"no entry names arn:aws:sts::111122223333:assumed-role/dev/bob; using {Maps.Dev}")], selection.Notices);
    }

    [Fact]
    public void Selectors_narrow_each_other() =>
        Assert.Equal(["mapRoles line 3"], Places(new(null, null, "dev", "edit")));

    [Fact]
    public void Usernames_and_groups_match_exactly() => Assert.Empty(Places(new(null, null, "Dev", null)));

    [Fact]
    public void An_account_means_its_own_entry_and_nothing_when_something_else_is_given()
    {
        Assert.Equal(["mapAccounts line 1"], Places(new(null, "111122223333", null, null)));
        Assert.Empty(Places(new(null, "111122223333", "dev", null)));
        Assert.Empty(Places(new(Maps.Dev, "111122223333", null, null)));
    }

    private static IEnumerable<string> Places(Selector selector) => selector.Select(_map).Entries.Select(entry => entry.Place);
}
