using System.CommandLine;
using System.CommandLine.Help;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Commands;

/// <summary>All commands; a new verb is one file and one line here.</summary>
internal static class CommandTree
{
    public const string Program = "authmap";

    /// <summary>eksctl's noun, and what people type instead.</summary>
    public const string Noun = "iamidentitymapping";

    /// <summary>What people do most.</summary>
    public static IReadOnlyList<Example> Most { get; } =
    [
        new("List the mappings of a cluster", $"get {Noun} --cluster eksworkshop --region eu-west-1"),
        new("Map a role to a Kubernetes user",
            $"create {Noun} --cluster eksworkshop --arn arn:aws:iam::111122223333:role/k8sDev --username dev-user"),
        new("See what a change would do; nothing is written",
            $"delete {Noun} --cluster eksworkshop --arn arn:aws:iam::111122223333:role/k8sDev --dry-run"),
    ];

    /// <summary>Verbs of other programs, and what they are called here; understood in hints only.</summary>
    public static IReadOnlyDictionary<string, string> OtherVerbs { get; } = new Dictionary<string, string>
    {
        ["list"] = "get",
        ["ls"] = "get",
        ["show"] = "get",
        ["describe"] = "get",
        ["add"] = "create",
        ["set"] = "create",
        ["update"] = "create",
        ["map"] = "create",
        ["remove"] = "delete",
        ["rm"] = "delete",
        ["unmap"] = "delete",
    };

    private static readonly string[] _nounAliases = ["iamidentitymappings", "identitymapping", "mapping"];

    public static RootCommand Build(CommonOptions common)
    {
        var root = new RootCommand("Manages who may enter an Amazon EKS cluster: the IAM identity mappings in kube-system/aws-auth.")
        {
            OfMapping("create", new CreateCommand(common), common),
            OfMapping("get", new GetCommand(common), common),
            OfMapping("delete", new DeleteCommand(common), common),
            Of(new EditCommand(common)),
            Of(new ApplyCommand(common)),
            Of(new DiffCommand(common)),
            Of(new LintCommand(common)),
            Of(new ResolveCommand(common)),
            Of(new WhoAmICommand(common)),
            Of(new HistoryCommand(common)),
            Of(new RollbackCommand(common)),
            new CompletionCommand(common),
            new HelpCommand(),
            new VersionCommand(common),
        };
        root.Options.OfType<HelpOption>().Single().Description = "Show help of the program or of a command";
        root.Options.OfType<VersionOption>().Single().Description = "Print the version of authmap";
        // "[suggest]" and its like are for programs; typed by a person it is an unknown command.
        root.Directives.Clear();
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        return root;
    }

    /// <summary>Whether a word is the noun, or what people type instead.</summary>
    public static bool IsNoun(string word) => word == Noun || _nounAliases.Contains(word);

    /// <summary>The command's name as it is typed: <c>authmap create iamidentitymapping</c>.</summary>
    public static string Path(Command command) =>
        command is RootCommand ? Program : $"{Path((Command)command.Parents.First())} {command.Name}";

    /// <summary>Whether an option of the root belongs to the commands, whose help lists it.</summary>
    public static bool IsShared(Option option) => option is not (HelpOption or VersionOption);

    private static Command OfMapping(string verb, LeafCommand leaf, CommonOptions common)
    {
        foreach (var alias in _nounAliases)
        {
            leaf.Aliases.Add(alias);
        }

        return new Command(verb, leaf.Description) { With(common.ClusterName, leaf) };
    }

    // Where eksctl has no such command, a word could as well be meant for a file or a number.
    private static LeafCommand Of(LeafCommand leaf) => With(new StrayWords(), leaf);

    private static LeafCommand With(Argument words, LeafCommand leaf)
    {
        leaf.Add(words);
        foreach (var option in leaf.Groups.SelectMany(group => group.Options).Where(option => !option.Recursive))
        {
            leaf.Add(option);
        }

        return leaf;
    }
}
