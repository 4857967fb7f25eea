using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Linting.Checks;

/// <summary>Entries of nodes. What nodes need is Kubernetes' node authorizer and the templates' rules.</summary>
internal static class NodeChecks
{
    private const string NodeUser = SystemNames.NodeUser;
    private const string Bootstrappers = "system:bootstrappers";
    private const string Nodes = SystemNames.Nodes;
    private const string Proxier = "system:node-proxier";

    private static readonly string[] _nodeGroups = [Bootstrappers, Nodes, Proxier, "eks:kube-proxy-windows"];

    /// <summary>Whether an entry lets nodes join.</summary>
    public static bool IsOfNodes(PrincipalMapping mapping) => HasNodeUsername(mapping) && mapping.Groups.Contains(Nodes);

    public static IEnumerable<Finding> Check(LintMap map) => map.Principals.SelectMany(item => Check(item, item.Principal!));

    private static IEnumerable<Finding> Check(LintItem item, PrincipalMapping mapping)
    {
        var (hasUsername, hasGroup) = (HasNodeUsername(mapping), mapping.Groups.Contains(Nodes));
        if (hasGroup && !hasUsername)
        {
            yield return item.Find(Rules.NodeUsername, "username", $"{mapping.Arn} is in {Nodes} with the username \"{mapping.Username}\"");
        }

        if (hasUsername && !(hasGroup && mapping.Groups.Contains(Bootstrappers)))
        {
            var missing = new[] { Bootstrappers, Nodes }.Except(mapping.Groups);
            yield return item.Find(
                Rules.NodeGroups, "groups", $"{mapping.Arn} has the username of nodes and not the groups: {string.Join(", ", missing)}");
        }

        for (var i = 0; i < mapping.Groups.Count && (hasUsername || hasGroup); i++)
        {
            if (mapping.Groups[i].Length > 0 && !_nodeGroups.Contains(mapping.Groups[i]))
            {
                yield return item.Find(
                    Rules.NodeWithOtherGroups, item.PositionOfGroup(i), $"{mapping.Arn} is a role of nodes and has the group {mapping.Groups[i]}");
            }
        }

        if (mapping.Username.Contains(Templates.PrivateDnsName, StringComparison.Ordinal)
            && (mapping.Groups.Contains(Proxier) || mapping.Arn.Contains("fargate", StringComparison.OrdinalIgnoreCase)))
        {
            yield return item.Find(
                Rules.FargateTemplate, "username", $"{mapping.Arn} is a role of Fargate pods and has {Templates.PrivateDnsName} in its username");
        }
    }

    private static bool HasNodeUsername(PrincipalMapping mapping) => mapping.Username.StartsWith(NodeUser, StringComparison.Ordinal);
}
