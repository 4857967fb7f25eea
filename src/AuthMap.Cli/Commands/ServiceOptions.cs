using System.CommandLine;
using AuthMap.Cli.Parsing;

namespace AuthMap.Cli.Commands;

/// <summary>An AWS service in a namespace.</summary>
internal sealed record ServiceChoice(string Name, string Namespace);

/// <summary>The options that name one; eksctl's, with its messages.</summary>
internal sealed class ServiceOptions
{
    /// <summary>What is wrong when anything else names a mapping, too. eksctl says so only when all three are given, and drops
    /// them in silence otherwise.</summary>
    public const string NoOthers = "cannot use arn, username, and groups with serviceName";

    public const string NoOthersHint = "a service's mapping follows from its name; leave out --arn, --account, --username and --group";

    private readonly Option<string> _name;
    private readonly Option<string> _namespace;

    public ServiceOptions(string name, string space)
    {
        _name = new("--service-name") { HelpName = "NAME", Description = name };
        _namespace = new("--namespace") { HelpName = "NAMESPACE", Description = space };
        Group = new("AWS service", [_name, _namespace]);
    }

    public OptionGroup Group { get; }

    /// <summary>The service; null when none is named.</summary>
    public ServiceChoice? Read(ParseResult parsed)
    {
        var (name, space) = (parsed.GetValue(_name), parsed.GetValue(_namespace));
        Usage.Forbid(name is null && space is not null, "serviceName is required when using namespace", "name the service with --service-name");
        Usage.Forbid(name is not null && space is null, "namespace is required when using serviceName", "name the namespace with --namespace");
        return name is null ? null : new(name, space!);
    }
}
