namespace AuthMap.Manifests;

/// <summary>The ConfigMap <c>aws-auth</c> in a file.</summary>
/// <param name="Root">The object.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Around">What it stands in: nothing, or a list document and its items.</param>
internal sealed record FoundConfigMap(YamlMapping Root, string? Kind, IReadOnlyList<YamlNode> Around);

/// <summary>Looks for <c>kube-system/aws-auth</c> in a file; a missing namespace counts as kube-system.</summary>
internal static class ConfigMapFinder
{
    private const int ShownObjects = 5;

    /// <summary>Finds it.</summary>
    /// <returns>Null when it is not there.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: the file holds two.</exception>
    public static FoundConfigMap? Find(SourceText source, IReadOnlyList<YamlNode> documents)
    {
        var found = Objects(documents).Where(IsAwsAuth).Take(2).ToList();
        if (found.Count > 1)
        {
            var lines = found.Select(one => source.PositionOf(one.Root.Start).Line).ToList();
            throw source.Refuse(
                found[1].Root.Start,
                $"a second aws-auth; the first one starts in line {lines[0]}",
                "a cluster has only one; remove one of them");
        }

        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The failure to report when it is not there: says what is.</summary>
    public static Failure NotFound(SourceText source, IReadOnlyList<YamlNode> documents)
    {
        var objects = Objects(documents).Select(Describe).ToList();
        var shown = string.Join(", ", objects.Take(ShownObjects))
            + (objects.Count > ShownObjects ? $" and {objects.Count - ShownObjects} more" : "");
        return new Failure(
            FailureKind.NotFound,
            $"{source.FileName} has no ConfigMap kube-system/aws-auth",
            [objects.Count == 0 ? "found: no Kubernetes object" : $"found: {shown}"],
            "authmap create iamidentitymapping … --init adds one");
    }

    private static IEnumerable<FoundConfigMap> Objects(IReadOnlyList<YamlNode> documents)
    {
        foreach (var root in documents.OfType<YamlMapping>())
        {
            if (root.Text("kind") is "List" or "ConfigMapList" && root["items"] is YamlSequence items)
            {
                // In the items of a typed list the kind may be left out.
                var implied = root.Text("kind") == "ConfigMapList" ? "ConfigMap" : null;
                foreach (var item in items.Items)
                {
                    if (item.Resolved is YamlMapping mapping)
                    {
                        yield return new(mapping, mapping.Text("kind") ?? implied, [root, root.Named("items").Last().Value, items, item]);
                    }
                }
            }
            else
            {
                yield return new(root, root.Text("kind"), []);
            }
        }
    }

    private static bool IsAwsAuth(FoundConfigMap candidate) =>
        candidate.Kind == "ConfigMap"
        && candidate.Root["metadata"] is YamlMapping metadata
        && metadata.Text("name") == "aws-auth"
        && metadata["namespace"] is null or YamlScalar { Value: "" or "kube-system" or "~" or "null" };

    private static string Describe(FoundConfigMap candidate)
    {
        var metadata = candidate.Root["metadata"] as YamlMapping;
        var (kind, space, name) = (candidate.Kind, metadata?.Text("namespace"), metadata?.Text("name"));
        return kind is null && name is null
            ? "something without kind and name"
            : Plain($"{kind ?? "?"} {(space is null ? "" : space + "/")}{name ?? "?"}");
    }

    private static string Plain(string text) =>
        string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c));
}
