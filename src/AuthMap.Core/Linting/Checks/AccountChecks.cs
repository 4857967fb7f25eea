using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Linting.Checks;

/// <summary>Items of mapAccounts.</summary>
internal static class AccountChecks
{
    public static IEnumerable<Finding> Check(LintMap map) =>
        map.Items.Where(item => item.Key == SectionKey.MapAccounts).SelectMany(Check);

    private static IEnumerable<Finding> Check(LintItem item)
    {
        foreach (var fault in item.Faults)
        {
            yield return item.Find(Rules.AccountNotText, fault.Position, $"the item is dropped: {fault.Message}");
        }

        if (item.Status?.Located.Mapping is not AccountMapping { AccountId: var id })
        {
            yield break;
        }

        if (AccountId.Check(id) is { } failure)
        {
            yield return item.Find(Rules.NotAnAccount, item.Node.Position, failure.Message) with
            {
                Remedy = failure.Hint ?? Rules.NotAnAccount.Remedy,
            };
            yield break;
        }

        if (item.Node is YamlScalar { Style: ScalarStyle.Plain } plain && ScalarResolver.ResolvePlain(plain.Value) == ScalarType.Number)
        {
            yield return item.Find(Rules.UnquotedAccount, plain.Position, $"{id} is not quoted") with
            {
                Remedy = $"write \"{id}\"",
                Mend = plain.HasProperties ? null : new(item.Index, $"{id} is now quoted", [new(plain.Span, $"\"{id}\"")]),
            };
        }

        yield return item.Find(Rules.WholeAccount, item.Node.Position, $"everybody of the account {id} is let in, without groups");
    }
}
