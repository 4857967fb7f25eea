using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Mappings;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Linting.Checks;

/// <summary>Names of fields, types of values, and what makes the authenticator drop an entry.</summary>
internal static class FieldChecks
{
    public static IEnumerable<Finding> Check(LintMap map) => map.Items.SelectMany(item => Check(item, map.Document[item.Key].Text!));

    private static IEnumerable<Finding> Check(LintItem item, string text) =>
        item.Key == SectionKey.MapAccounts ? [] : [.. UnknownFields(item), .. KnownFields(item), .. Faults(item, text), .. Sso(item)];

    private static IEnumerable<Finding> UnknownFields(LintItem item)
    {
        foreach (var (key, value) in item.UnknownFields)
        {
            var otherList = item.ArnField == "rolearn" ? "userarn" : "rolearn";
            if (FieldNames.Match(key.Value, otherList))
            {
                var where = $"{key.Value} is ignored in {item.Key.Name()}, which needs {item.ArnField}";
                yield return item.Find(Rules.MisspeltField, key.Position, where) with
                {
                    Remedy = $"move the entry to the other list, or write {item.ArnField}",
                };
            }
            else if (item.Meant(key.Value) is { } meant)
            {
                yield return item.Find(Rules.MisspeltField, key.Position, $"{key.Value} is ignored; {meant} was probably meant") with
                {
                    Remedy = $"write {meant}",
                    Mend = item.Value(meant) is null ? Rename(item, key, value, meant) : null,
                };
            }
            else
            {
                yield return item.Find(Rules.UnknownField, key.Position, $"{key.Value} is no field of an entry and is ignored");
            }
        }
    }

    private static Mend? Rename(LintItem item, YamlScalar key, YamlNode value, string meant) => key.HasProperties || meant == "sso"
        ? null
        : new(item.Index, $"{key.Value} is now {meant}", [new(key.Span, Like(key, meant))])
        {
            Arn = meant == item.ArnField ? (value as YamlScalar)?.Value ?? "" : null,
        };

    private static string Like(YamlScalar key, string name) => key.Style switch
    {
        ScalarStyle.DoubleQuoted => $"\"{name}\"",
        ScalarStyle.SingleQuoted => $"'{name}'",
        _ => name,
    };

    private static IEnumerable<Finding> KnownFields(LintItem item)
    {
        var known = (item.Fields?.Pairs ?? []).Select(pair => pair.Key).OfType<YamlScalar>()
            .Select(key => (Key: key, Name: item.KnownName(key.Value)))
            .Where(field => field.Name is not null)
            .GroupBy(field => field.Name!);
        foreach (var field in known)
        {
            var spellings = field.Select(one => one.Key).ToList();
            var winner = item.Fields!.Pairs[EntryFields.Find(item.Fields, field.Key)].Key;
            foreach (var loser in spellings.Where(key => !ReferenceEquals(key, winner)))
            {
                yield return item.Find(
                    Rules.RepeatedField, loser.Position, $"{loser.Value} is written again in line {winner.Position.Line}, which counts");
            }

            foreach (var key in spellings.Where(key => key.Value != field.Key))
            {
                yield return item.Find(Rules.MixedCaseField, key.Position, $"{key.Value} is not written in lower case") with
                {
                    Remedy = $"write {field.Key}",
                    Mend = spellings.Count > 1 || key.HasProperties
                        ? null
                        : new(item.Index, $"{key.Value} is now {field.Key}", [new(key.Span, Like(key, field.Key))]),
                };
            }
        }
    }

    private static IEnumerable<Finding> Faults(LintItem item, string text)
    {
        foreach (var fault in item.Faults)
        {
            var rule = fault switch
            {
                { Cost: FaultCost.Entry } => Rules.DroppedEntry,
                { Field: "username" } => Rules.UsernameNotText,
                { Field: "groups" } => Rules.GroupsNotAList,
                { Field: ['g', 'r', 'o', 'u', 'p', 's', '[', ..] } => Rules.GroupNotText,
                _ => Rules.WrongType,
            };
            var message = fault.Cost == FaultCost.Entry ? $"the entry is dropped: {fault.Message}" : fault.Message;
            yield return item.Find(rule, fault.Position, message) with
            {
                Mend = rule == Rules.GroupsNotAList ? MakeList(item, text, fault)
                    : rule == Rules.UsernameNotText || rule == Rules.GroupNotText ? Quote(item, fault)
                    : null,
            };
        }
    }

    // What is no text to YAML is a number or a boolean, and needs no escapes.
    private static Mend? Quote(LintItem item, Fault fault) =>
        fault.Node is YamlScalar { HasProperties: false, Style: ScalarStyle.Plain } value
            ? new(item.Index, $"{value.Value} is now quoted", [new(value.Span, $"\"{value.Value}\"")])
            : null;

    // One group, written where the list of groups should be. A comma or a blank may stand for several.
    private static Mend? MakeList(LintItem item, string text, Fault fault)
    {
        if (fault.Node is not YamlScalar { HasProperties: false, Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } value
            || item.Fields is not { } fields
            || value.Value.AsSpan().ContainsAny(", \n")
            || value.Value.Length == 0)
        {
            return null;
        }

        if (fields.Pairs.FirstOrDefault(pair => ReferenceEquals(pair.Value, value)).Key is not { } key)
        {
            return null;
        }

        var written = ScalarWriter.Write(value.Value, value.Style, fields.IsFlow);
        var before = text.AsSpan(0, value.Span.Start).TrimEnd(' ').Length;
        var splice = fields.IsFlow
            ? new Splice(value.Span, $"[{written}]")
            : new Splice(before, value.Span.End, Lines.Ending(text) + new string(' ', key.Position.Column - 1) + "- " + written);
        return new(item.Index, $"{value.Value} is now in a list of groups", [splice]);
    }

    private static IEnumerable<Finding> Sso(LintItem item)
    {
        if (item.Principal is RoleMapping { Sso: { } sso })
        {
            var name = $"the sso entry of {sso.PermissionSetName} in {sso.AccountId}";
            yield return item.Find(Rules.SsoEntry, "sso", $"{name} matches nobody on EKS");
            if (sso.Partition.Length > 0)
            {
                yield return item.Find(Rules.SsoPartition, "sso", $"{name} has the partition {sso.Partition}, which the authenticator loses");
            }
        }
    }
}
