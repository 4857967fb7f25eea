using AuthMap.Cli.Commands;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Planning;

namespace AuthMap.Cli.Tests.Parsing;

/// <summary>From arguments to requests; nothing runs.</summary>
public sealed class RequestTests
{
    private const string Arn = "arn:aws:iam::111122223333:role/k8sDev";

    private static readonly ChangeSettings _current = new(new ContextSource(null, null), TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData("iamidentitymapping")]
    [InlineData("iamidentitymappings")]
    [InlineData("identitymapping")]
    [InlineData("mapping")]
    public void The_noun_has_aliases(string noun) =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, Username = "dev-user" },
            Parse("create", noun, "--arn", Arn, "--username", "dev-user"));

    [Fact]
    public void Groups_come_repeated_and_as_lists() =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, Groups = ["view", "edit", "a,b"] },
            Parse("create", "mapping", "--arn", Arn, "--group", "view,edit", "--group", "\"a,b\""));

    [Fact]
    public void A_group_may_start_with_an_at_sign() =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, Groups = ["@admins"] },
            Parse("create", "mapping", "--arn", Arn, "--group", "@admins"));

    [Fact]
    public void Taking_groups_away_keeps_the_others() =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, RemoveGroups = ["edit"], MergeGroups = true },
            Parse("create", "mapping", "--arn", Arn, "--remove-group", "edit"));

    [Theory]
    [InlineData("--no-duplicate-arns", (int)DuplicatePolicy.Refuse)]
    [InlineData("--allow-duplicate", (int)DuplicatePolicy.Append)]
    public void What_happens_to_duplicates_is_an_option(string option, int policy) =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, Username = "u", OnDuplicate = (DuplicatePolicy)policy },
            Parse("create", "mapping", "--arn", Arn, "--username", "u", option));

    [Fact]
    public void An_account_may_come_with_no_duplicate_arns_as_eksctl_lets_it() =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Account = "012345678901", OnDuplicate = DuplicatePolicy.Refuse },
            Parse("create", "mapping", "--account", "012345678901", "--no-duplicate-arns"));

    [Fact]
    public void Role_is_the_old_spelling_of_arn() =>
        Assert.Equal(
            new CreateRequest(new(), _current) { Arn = Arn, OldSpelling = true, Username = "u" },
            Parse("create", "mapping", "--role", Arn, "--username", "u"));

    [Fact]
    public void A_create_takes_all_that_can_be_said_about_a_manifest() =>
        Assert.Equal(
            new CreateRequest(
                new(Verbosity: 4, ColorMode.Off),
                new(new ManifestSource("a.yaml"), TimeSpan.FromSeconds(90), StructuredFormat.Yaml, DryRun: true, ExitCode: true))
            {
                Arn = Arn,
                Username = "u",
                Groups = ["g"],
                MergeGroups = true,
                KeepPath = true,
                Init = true,
            },
            Parse("create", "mapping", "--arn=" + Arn, "--username=u", "--group=g", "--merge-groups", "--keep-path", "--init",
                "--manifest=a.yaml", "--timeout=1m30s", "-oyaml", "--dry-run", "--exit-code", "-v", "-C", "false"));

    [Fact]
    public void Common_options_may_stand_before_the_verb() =>
        Assert.Equal(
            new GetRequest(new(), new ContextSource("kc", "dev"), TimeSpan.FromSeconds(5), new(null, null, null, null), ListingFormat.Table),
            Parse("--context", "dev", "--kubeconfig=kc", "get", "mapping", "--timeout", "5s"));

    [Fact]
    public void A_cluster_comes_with_all_that_AWS_has_to_know() =>
        Assert.Equal(
            new DeleteRequest(
                new(),
                new(
                    new ClusterSource(
                        "eksworkshop",
                        new()
                        {
                            Region = "eu-west-1",
                            Profile = "dev",
                            RoleArn = "arn:aws:iam::111122223333:role/k8sAdmin",
                            ExternalId = "x",
                            RoleSessionName = "s",
                        },
                        UseCache: false),
                    TimeSpan.FromSeconds(60),
                    Force: true),
                new(Arn, null, null, null)),
            Parse("-c", "eksworkshop", "-r", "eu-west-1", "-p", "dev", "delete", "mapping", "--arn", Arn, "--external-id", "x",
                "--role-arn", "arn:aws:iam::111122223333:role/k8sAdmin", "--role-session-name=s", "--no-cache", "--force"));

    [Fact]
    public void The_usual_cluster_is_taken_when_no_place_is_named()
    {
        Assert.Equal(
            new ClusterSource("usual", new() { Profile = "dev" }, IsUsual: true), SourceOf("get", "mapping", "--profile", "dev"));
        Assert.Equal(new ClusterSource("other", new()), SourceOf("get", "mapping", "--cluster", "other"));
        Assert.Equal(new ContextSource(null, "dev"), SourceOf("get", "mapping", "--context", "dev"));
        Assert.Equal(new ManifestSource("a.yaml"), SourceOf("get", "mapping", "--manifest", "a.yaml"));

        static Source SourceOf(params string[] args) => Assert.IsType<GetRequest>(ArgumentParser.Parse(args, "usual")).Source;
    }

    [Fact]
    public void A_cluster_is_named_again_by_the_options_that_named_it() =>
        Assert.Equal(
            " --cluster eksworkshop --region eu-west-1 --profile 'my own' --role-arn arn:aws:iam::111122223333:role/k8sAdmin",
            new ClusterSource(
                "eksworkshop",
                new() { Region = "eu-west-1", Profile = "my own", RoleArn = "arn:aws:iam::111122223333:role/k8sAdmin" }).Options);

    [Theory]
    [InlineData("table", (int)ListingFormat.Table)]
    [InlineData("wide", (int)ListingFormat.Wide)]
    [InlineData("json", (int)ListingFormat.Json)]
    [InlineData("yaml", (int)ListingFormat.Yaml)]
    [InlineData("name", (int)ListingFormat.Name)]
    public void A_listing_has_formats(string name, int format) =>
        Assert.Equal(
            new GetRequest(new(), new ManifestSource("-"), TimeSpan.FromSeconds(60), new(Arn, null, "u", "g"), (ListingFormat)format),
            Parse("get", "mapping", "--manifest", "-", "--arn", Arn, "--username", "u", "--group", "g", "-o", name));

    [Fact]
    public void A_delete_narrows_by_everything_given() =>
        Assert.Equal(
            new DeleteRequest(new(Verbosity: 2), _current, new(Arn, null, "dev-user", null)) { All = true, IgnoreNotFound = true },
            Parse("delete", "mapping", "--arn", Arn, "--username", "dev-user", "--all", "--ignore-not-found", "-q"));

    [Fact]
    public void A_delete_of_an_account_is_one_of_its_entry() =>
        Assert.Equal(
            new DeleteRequest(new(), _current, new(null, "111122223333", null, null)),
            Parse("delete", "mapping", "--account", "111122223333"));

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public void The_version_is_a_command_and_an_option(string word) => Assert.Equal(new VersionRequest(new()), Parse(word));

    [Theory]
    [InlineData("-v", 4)]
    [InlineData("-v5", 5)]
    [InlineData("--verbose=0", 0)]
    [InlineData("--quiet", 2)]
    public void Verbosity_is_a_level(string option, int level) => Assert.Equal(level, Parse("get", "mapping", option).Manner.Verbosity);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_wins_over_everything_else(string option) =>
        Assert.Equal("create", Assert.IsType<HelpRequest>(Parse("create", "--nonsense", option)).Command.Name);

    private static Request Parse(params string[] args) => ArgumentParser.Parse(args, usualCluster: null);
}
