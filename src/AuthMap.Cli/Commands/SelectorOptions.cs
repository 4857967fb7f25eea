using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>The options that pick mappings; each one given narrows.</summary>
internal sealed class SelectorOptions
{
    private readonly ArnOption _arn;
    private readonly Option<string> _account;
    private readonly Option<string> _username;
    private readonly Option<string> _group;

    /// <param name="verb">What is done with what they pick, as the help says it.</param>
    public SelectorOptions(string verb)
    {
        _arn = new($"{verb} the mapping of this role or user");
        _account = new("--account") { HelpName = "ID", Description = $"{verb} the mapping of this AWS account" };
        _username = new("--username") { HelpName = "NAME", Description = $"{verb} mappings to this Kubernetes user" };
        _group = new("--group") { HelpName = "GROUP", Description = $"{verb} mappings with this Kubernetes group" };
        Group = new("Selection (several narrow each other)", [.. _arn.Both, _account, _username, _group]);
    }

    public OptionGroup Group { get; }

    public Selector Read(ParseResult parsed)
    {
        var arn = _arn.Read(parsed);
        var selector = new Selector(arn, parsed.GetValue(_account), parsed.GetValue(_username), parsed.GetValue(_group));
        Usage.Forbid(selector is { Account: not null } and not { Arn: null, Username: null, Group: null },
            "--account cannot be combined with --arn, --username or --group", "an account's mapping has none of them");
        return selector;
    }
}
