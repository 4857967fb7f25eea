using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Yaml;

namespace AuthMap.Authenticator;

/// <summary>Decodes mapAccounts: scalars keep their source text, so an unquoted <c>012345678901</c> stays what it is.</summary>
internal static class AccountDecoder
{
    public static Section Decode(string text, YamlNode root)
    {
        if (Resolve(root) is not YamlSequence list)
        {
            return Resolve(root) is YamlScalar scalar && ScalarResolver.Resolve(scalar, out _) == ScalarType.Null
                ? new Section(SectionKey.MapAccounts, text, [], []) { Root = root }
                : new Section(SectionKey.MapAccounts, text, [], [Decoder.NotAList(SectionKey.MapAccounts, root, Describe(Resolve(root)))]);
        }

        var entries = new List<Entry>();
        var faults = new List<Fault>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var item = list.Items[index];
            if (Resolve(item) is YamlScalar scalar)
            {
                var account = ScalarResolver.Resolve(scalar, out var value) == ScalarType.Null ? "" : value;
                entries.Add(new Entry(new AccountMapping(account), index, item.Span, item.Position));
            }
            else
            {
                faults.Add(new Fault(
                    SectionKey.MapAccounts, item.Position, FaultCost.Entry, $"the account is {Describe(Resolve(item))}, not a string"));
            }
        }

        return new Section(SectionKey.MapAccounts, text, entries, faults) { Root = root };
    }

    private static YamlNode Resolve(YamlNode node)
    {
        while (node is YamlAlias alias)
        {
            node = alias.Target;
        }

        return node;
    }

    private static string Describe(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "a mapping",
        _ => "a single value",
    };
}
