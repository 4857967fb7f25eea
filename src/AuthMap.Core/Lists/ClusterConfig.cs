using AuthMap.Arns;
using AuthMap.Manifests;
using AuthMap.Planning;

namespace AuthMap.Lists;

/// <summary>What an eksctl <c>ClusterConfig</c> says about identity mappings; the rest of the file is not looked at.</summary>
/// <param name="Name">The cluster's name, from <c>metadata.name</c>; null when it is not there.</param>
/// <param name="Region">The cluster's region, from <c>metadata.region</c>; null when it is not there.</param>
/// <param name="Mappings">The wishes of <c>iamIdentityMappings</c>, in its order; one that repeats another is left out.</param>
/// <param name="Notices">How they differ from what is written.</param>
public sealed record ClusterConfig(string? Name, string? Region, IReadOnlyList<Edit> Mappings, IReadOnlyList<Notice> Notices)
{
    private const string ListName = "iamIdentityMappings";
    private const string Group = "eksctl.io/";
    private const string ApiVersion = $"{Group}v1alpha5";

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text: YAML or JSON, with or without a byte order mark.</param>
    /// <param name="fileName">Its name for messages.</param>
    /// <param name="keepPath">Write role paths although they can never match.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it cannot be read exactly; says where and why.</exception>
    public static ClusterConfig Read(string text, string fileName, bool keepPath = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var source = new SourceText(text.TrimStart('\uFEFF'), fileName);
            var root = new Fields(source, FindRoot(source), "the ClusterConfig");
            var metadata = root.Mapping("metadata");
            var wishes = new WishList(source, keepPath);
            foreach (var item in List(source, root))
            {
                wishes.Add(item);
            }

            return new(metadata?.Text("name"), metadata?.Text("region"), wishes.Edits, wishes.Notices);
        }
        catch (AuthMapException exception) when (exception.Failure.Kind != FailureKind.Usage)
        {
            throw new AuthMapException(exception.Failure with { Kind = FailureKind.Usage }, exception);
        }
    }

    private static YamlMapping FindRoot(SourceText source)
    {
        var documents = YamlReader.Read(source).Where(document => !document.Resolved.IsEmpty).ToList();
        if (documents.Count == 0)
        {
            throw source.Refuse(0, "the file is empty", $"a ClusterConfig starts with apiVersion: {ApiVersion}");
        }

        if (documents.Count > 1)
        {
            throw source.Refuse(documents[1].Start, "a second document; a ClusterConfig is one", "take one of them out");
        }

        if (documents[0].Resolved is not YamlMapping root || root.Text("kind") is not "ClusterConfig")
        {
            throw source.Refuse(documents[0].Start, "not an eksctl ClusterConfig", $"it has kind: ClusterConfig and apiVersion: {ApiVersion}");
        }

        return root.Text("apiVersion") is { } version && version.StartsWith(Group, StringComparison.Ordinal) && version != ApiVersion
            ? throw source.Refuse(root["apiVersion"]!.Start, $"the version {version} of ClusterConfig is not known", $"use {ApiVersion}")
            : root.Text("apiVersion") is ApiVersion
                ? root
                : throw source.Refuse(root.Start, $"the apiVersion is not {ApiVersion}");
    }

    private static List<YamlNode> List(SourceText source, Fields root)
    {
        if (root.Node(ListName) is not { } list)
        {
            // A list under a wrong name is not an empty list.
            var meant = root.Names.FirstOrDefault(name => Closest.To(name.Value, [ListName.ToLowerInvariant(), ""]) is not null);
            if (meant is not null)
            {
                throw source.Refuse(meant.Start, $"unknown field \"{meant.Value}\"", $"did you mean {ListName}");
            }

            return root.Node("iam") is YamlMapping iam && iam["identityMappings"] is { } old
                ? throw source.Refuse(old.Start, "identityMappings stands below iam", $"the list is {ListName}, at the top of the file")
                : [];
        }

        return list switch
        {
            YamlSequence items => items.Items,
            { IsEmpty: true } => [],
            _ => throw source.Refuse(list.Start, $"{ListName} is not a list", "each mapping begins with a dash"),
        };
    }
}
