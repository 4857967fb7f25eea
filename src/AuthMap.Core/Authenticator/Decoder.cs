using AuthMap.Documents;
using AuthMap.Yaml;

namespace AuthMap.Authenticator;

/// <summary>
/// Reads a key of aws-auth exactly as aws-iam-authenticator does (<c>pkg/mapper/configmap</c>): mapRoles and mapUsers go through
/// YAML 1.1 to JSON and into structs, mapAccounts straight into strings.
/// </summary>
public static class Decoder
{
    /// <summary>Decodes one key. Nothing in the text makes this throw.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">Its text; null when it is absent.</param>
    public static Section Decode(SectionKey key, string? text) => Decode(key, text, null);

    /// <summary>Decodes the text of a key after a change. What stands in front of the change is taken from the section as it was,
    /// which gives the same: reading goes from the start to the end.</summary>
    /// <param name="before">The section as it was.</param>
    /// <param name="text">The new text.</param>
    internal static Section Decode(Section before, string text) => Decode(before.Key, text, before);

    private static Section Decode(SectionKey key, string? text, Section? before)
    {
        if (text is null || IsSkippable(text))
        {
            return new Section(key, text, [], []);
        }

        var known = before is { Value: GoList, Text: { } textBefore } ? KnownItems.Of(before.Root, textBefore, text) : null;
        var root = YamlComposer.Compose(text, out var fault, known);
        if (fault is null && root is not null)
        {
            try
            {
                return key == SectionKey.MapAccounts ? AccountDecoder.Decode(text, root)
                    : known is not null && root is YamlSequence { IsPlain: true } list ? new EntryDecoder(key, text).Decode(list, before!, known.Count)
                    : new EntryDecoder(key, text).Decode(root, GoYaml.Evaluate(root));
            }
            catch (YamlFaultException exception)
            {
                fault = exception.Fault;
            }
        }

        return fault is null
            ? new Section(key, text, [], [])
            : new Section(key, text, [], [new Fault(key, fault.Position, FaultCost.Key, fault.Message)]);
    }

    /// <summary>Whether the authenticator takes the text for an absent key: blank, two backticks, or an empty quoted string.</summary>
    /// <param name="text">The key's text.</param>
    public static bool IsSkippable(string text) => text.AsSpan().Trim() is "" or "``" or "\"\"" or "''";

    internal static Fault NotAList(SectionKey key, YamlNode root, string what) =>
        new(key, root.Position, FaultCost.Key, $"it is {what}, not a list");
}
