using AuthMap.Rbac;

namespace AuthMap.Planning;

/// <summary>Objects in the words of messages.</summary>
internal static class ServiceText
{
    /// <summary>How many of a list are named.</summary>
    public const int Few = 4;

    /// <summary>The first few of a list, and whether there are more.</summary>
    public static string Some(IReadOnlyList<object> items) =>
        items.Count == 0 ? "nobody" : string.Join(", ", items.Take(Few)) + (items.Count > Few ? " and more" : "");

    /// <summary>The command that removes an object.</summary>
    public static string KubectlDelete(ObjectKey key) =>
        $"kubectl delete {key.Kind.ToString().ToLowerInvariant()} {ShellWord.Of(key.Name)} --namespace {ShellWord.Of(key.Namespace)}";
}
