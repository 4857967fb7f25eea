using AuthMap.Documents;
using AuthMap.Manifests;
using AuthMap.Mappings;
using AuthMap.Planning;

namespace AuthMap.Lists;

/// <summary>Reads a manifest as a list of wishes: what the authenticator would take from it. An absent key is not managed.</summary>
internal static class ManifestList
{
    public static MappingList Read(ManifestDocument manifest, string fileName)
    {
        var document = AwsAuthDocument.Parse(manifest.Data, manifest.Locate);
        if (document.Sections.SelectMany(section => section.Faults).FirstOrDefault() is { } fault)
        {
            throw Refuse(fault.Key, fault.Position, fault.Message, "mend it first; check with: authmap get iamidentitymapping --manifest FILE");
        }

        // A key under a wrong name is not a list that says nothing.
        if (manifest.Data.Keys.FirstOrDefault(key => key.StartsWith("map", StringComparison.OrdinalIgnoreCase)
            && !SectionKeys.All.Any(known => known.Name() == key)) is { } wrong)
        {
            throw new AuthMapException(
                FailureKind.Usage,
                $"{fileName}: {wrong} is no key of aws-auth",
                $"its keys are {string.Join(", ", SectionKeys.All.Select(known => known.Name()))}");
        }

        List<Edit> wishes = [];
        List<Notice> notices = [];
        foreach (var status in EntryStatus.Of(document))
        {
            var (key, position) = (status.Located.Key, status.Located.Entry.Position);
            switch (status.Reachability)
            {
                case Reachability.Shadowed:
                    notices.Add(Notice.Warning($"{Place(key, position)}: {status.Located.Mapping.Identity} is left out: {status.Reason}"));
                    break;
                case Reachability.Ambiguous:
                    throw Refuse(key, position, status.Reason!, "one of them has to go");
                case Reachability.Ignored:
                    throw Refuse(key, position, status.Reason!, "take the entry out");
                case Reachability.Unreachable when status.Located.Mapping is AccountMapping:
                    throw Refuse(key, position, status.Reason!, null);
                default:
                    wishes.Add(Wish(status.Located.Mapping));
                    break;
            }
        }

        var managed = document.Sections.Where(section => section.Text is not null).Select(section => section.Key);
        return new(wishes, [.. managed], notices) { Texts = MapTexts.Of(manifest.Data) };

        string Place(SectionKey key, TextPosition position) => $"{fileName}:{manifest.Locate(key, position)}";

        AuthMapException Refuse(SectionKey key, TextPosition position, string message, string? hint) =>
            new(FailureKind.Usage, $"{Place(key, position)}: {key.Name()}: {message}", hint);
    }

    private static Edit Wish(Mapping mapping) => mapping is PrincipalMapping principal
        ? new UpsertPrincipal(
            principal.Kind,
            principal.Arn,
            principal.Username.Length > 0 ? principal.Username : null,
            principal.Groups,
            MergeGroups: false,
            RemoveGroups: [],
            DuplicatePolicy.Update)
        : new UpsertAccount(mapping.Identity);
}
