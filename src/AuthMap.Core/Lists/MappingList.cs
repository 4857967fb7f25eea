using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Manifests;
using AuthMap.Planning;

namespace AuthMap.Lists;

/// <summary>The mappings that a file lists.</summary>
/// <param name="Wishes">The mappings, as wishes, in the order of the file.</param>
/// <param name="Managed">The keys that the list speaks for: what it does not name there is not wanted.</param>
/// <param name="Notices">How the wishes differ from what is written.</param>
public sealed record MappingList(IReadOnlyList<Edit> Wishes, IReadOnlyList<SectionKey> Managed, IReadOnlyList<Notice> Notices)
{
    /// <summary>The cluster that the file names; null when it names none.</summary>
    public string? Cluster { get; init; }

    /// <summary>The region that the file names; null when it names none.</summary>
    public string? Region { get; init; }

    /// <summary>The texts of a manifest, to be put in the place of others as they are; null for other lists.</summary>
    public MapTexts? Texts { get; init; }

    /// <summary>Reads a file: a list of mappings, an eksctl ClusterConfig, or a manifest with aws-auth.</summary>
    /// <param name="text">Its text: YAML or JSON.</param>
    /// <param name="fileName">Its name for messages.</param>
    /// <param name="keepPath">Write role paths although they can never match.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is none of these or cannot be read exactly; says where
    /// and why.</exception>
    public static MappingList Read(string text, string fileName, bool keepPath = false) =>
        TryRead(text, fileName, keepPath) ?? throw None(fileName, isEmpty: false);

    /// <summary>As <see cref="Read"/>, with null for a file of Kubernetes objects that are about other things; an empty file is no such.</summary>
    /// <param name="text">Its text: YAML or JSON.</param>
    /// <param name="fileName">Its name for messages.</param>
    /// <param name="keepPath">Write role paths although they can never match.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is something else, or cannot be read exactly.</exception>
    public static MappingList? TryRead(string text, string fileName, bool keepPath = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var source = new SourceText(text.TrimStart('\uFEFF'), fileName);
            var documents = YamlReader.Read(source).Where(document => !document.Resolved.IsEmpty).ToList();
            if (documents is [YamlSequence list])
            {
                return OfList(source, list, keepPath);
            }

            if (documents.Any(document => document is YamlMapping root && root.Text("kind") == "ClusterConfig"))
            {
                var config = ClusterConfig.Read(text, fileName, keepPath);
                return new(config.Mappings, SectionKeys.All, config.Notices) { Cluster = config.Name, Region = config.Region };
            }

            return ConfigMapFinder.Find(source, documents) is not null ? ManifestList.Read(ManifestDocument.Parse(text, fileName), fileName)
                : documents.Any(HoldsMappings) ? throw new AuthMapException(ConfigMapFinder.NotFound(source, documents) with { Hint = "its kind, name or namespace may be mistyped" })
                : documents.Count > 0 && documents.All(IsObject) ? null
                : throw None(fileName, documents.Count == 0);
        }
        catch (AuthMapException exception) when (exception.Failure.Kind != FailureKind.Usage)
        {
            throw new AuthMapException(exception.Failure with { Kind = FailureKind.Usage }, exception);
        }
    }

    /// <summary>Checks that lists that are used together do not contradict each other.</summary>
    /// <param name="lists">The lists, with the names of their files.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: two do; names both files.</exception>
    public static void CheckTogether(IEnumerable<(string File, MappingList List)> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        Dictionary<string, (string File, UpsertPrincipal Wish)> seen = new(StringComparer.Ordinal);
        foreach (var (file, list) in lists)
        {
            foreach (var wish in list.Wishes.OfType<UpsertPrincipal>())
            {
                var key = Arn.LookupKey(wish.Arn);
                if (!seen.TryAdd(key, (file, wish)) && !WishList.SameAs(seen[key].Wish, wish))
                {
                    throw new AuthMapException(
                        FailureKind.Usage, $"{wish.Arn} is mapped in {seen[key].File} and in {file}, in different ways", "one of them has to go");
                }
            }
        }
    }

    private static bool IsObject(YamlNode document) =>
        document is YamlMapping root && root.Text("apiVersion") is not null && root.Text("kind") is not null;

    // What looks like aws-auth and is not is a mistake, and what it lists would count as not wanted.
    private static bool HoldsMappings(YamlNode document) =>
        document is YamlMapping root && root["data"] is YamlMapping data && SectionKeys.All.Any(key => data[key.Name()] is not null);

    private static AuthMapException None(string fileName, bool isEmpty) => new(
        FailureKind.Usage,
        $"{fileName} holds no list of mappings{(isEmpty ? ": it is empty" : "")}",
        isEmpty ? "[] is a list without mappings" : "it can be a list of mappings, an eksctl ClusterConfig, or a manifest with the ConfigMap kube-system/aws-auth");

    private static MappingList OfList(SourceText source, YamlSequence list, bool keepPath)
    {
        var wishes = new WishList(source, keepPath, isListing: true);
        foreach (var item in list.Items)
        {
            wishes.Add(item);
        }

        return new(wishes.Edits, SectionKeys.All, wishes.Notices);
    }
}
