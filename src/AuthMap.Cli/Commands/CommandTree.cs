using System.CommandLine;

namespace AuthMap.Cli.Commands;

/// <summary>All commands; a new verb is one file and one line here.</summary>
internal static class CommandTree
{
    public const string Program = "authmap";

    /// <summary>eksctl's noun, and what people type instead.</summary>
    public const string Noun = "iamidentitymapping";

    private static readonly string[] _nounAliases = ["iamidentitymappings", "identitymapping", "mapping"];

    public static RootCommand Build(CommonOptions common)
    {
        var root = new RootCommand("Manages who may enter an Amazon EKS cluster: the IAM identity mappings in kube-system/aws-auth.")
        {
            OfMapping("create", new CreateCommand(common)),
            OfMapping("get", new GetCommand(common)),
            OfMapping("delete", new DeleteCommand(common)),
            Of(new ApplyCommand(common)),
            Of(new DiffCommand(common)),
            Of(new LintCommand(common)),
            Of(new ResolveCommand(common)),
            Of(new HistoryCommand(common)),
            Of(new RollbackCommand(common)),
            new VersionCommand(common),
        };
        // "[suggest]" and its like are for programs; typed by a person it is an unknown command.
        root.Directives.Clear();
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        return root;
    }

    /// <summary>The command's name as it is typed: <c>authmap create iamidentitymapping</c>.</summary>
    public static string Path(Command command) =>
        command is RootCommand ? Program : $"{Path((Command)command.Parents.First())} {command.Name}";

    private static Command OfMapping(string verb, LeafCommand leaf)
    {
        foreach (var alias in _nounAliases)
        {
            leaf.Aliases.Add(alias);
        }

        return new Command(verb, leaf.Description) { Of(leaf) };
    }

    private static LeafCommand Of(LeafCommand leaf)
    {
        foreach (var option in leaf.Groups.SelectMany(group => group.Options).Where(option => !option.Recursive))
        {
            leaf.Add(option);
        }

        return leaf;
    }
}
