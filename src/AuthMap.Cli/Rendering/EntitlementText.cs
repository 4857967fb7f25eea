using AuthMap.Rbac;

namespace AuthMap.Cli.Rendering;

/// <summary>Writes what somebody who enters may do: a line for the username and for each group.</summary>
internal static class EntitlementText
{
    /// <param name="output">Where to.</param>
    /// <param name="entitlement">What they may do.</param>
    /// <param name="isNamed">Whether username and groups are known to the letter.</param>
    public static void Write(TextWriter output, Entitlement entitlement, bool isNamed)
    {
        foreach (var group in entitlement.NeedNoBinding)
        {
            Line("may", $"{(group == Entitlement.Admins ? "everything" : "what a node may")}: group {group} needs no binding");
        }

        foreach (var grants in entitlement.Grants.GroupBy(grant => (grant.By.Kind, grant.By.Name)))
        {
            Line("may", $"{string.Join(", ", grants.Select(grant => Words(grant.Binding)))}, by {By(grants.First().By)}");
        }

        foreach (var group in entitlement.Unbound)
        {
            Line("note", $"group \"{group.Name}\" is bound to nothing{(group.Nearest is null ? "" : $", did you mean \"{group.Nearest}\"?")}");
        }

        if (entitlement.Hidden.Count > 0)
        {
            Line("note", $"there may be more: you may not list {string.Join(" and ", entitlement.Hidden.Select(kind => $"{kind}s"))}");
        }
        else if (isNamed && entitlement.NeedNoBinding.Count == 0 && entitlement.Grants.All(grant => grant.By.Name == Entitlement.Everybody))
        {
            Line("note", "neither the username nor one of the groups is bound to anything");
        }

        void Line(string label, string text) => ResolutionText.WriteLine(output, label, text);
    }

    // A RoleBinding counts in its namespace alone, whatever it binds to.
    private static string Words(RbacBinding binding) => binding.Key.Namespace.Length == 0
        ? $"{binding.Role.Name} ({binding.Key})"
        : $"{binding.Role.Name} in {binding.Key.Namespace} ({binding.Key.Kind} {binding.Key.Name})";

    private static string By(Subject subject) => subject.Kind == "User" ? "its username"
        : subject.Name == Entitlement.Everybody ? $"group {subject.Name}, as everybody who enters"
        : $"{(subject.Kind == "Group" ? "group" : subject.Kind)} {subject.Name}";
}
