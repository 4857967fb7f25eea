using AuthMap.Arns;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Linting.Checks;

/// <summary>ARNs that can equal no caller's, and those that can but should not.</summary>
internal static class ArnChecks
{
    public static IEnumerable<Finding> Check(LintMap map) =>
        from item in map.Principals
        where item.Principal!.Arn.Length > 0
        from finding in Check(item, item.Principal!.Arn)
        select finding;

    private static IEnumerable<Finding> Check(LintItem item, string arn)
    {
        var never = MatchableArn.WhyNot(arn);
        if (ArnPlaceholder.Find(arn) is { } placeholder)
        {
            yield return Find(Rules.PlaceholderInArn, $"{arn} still holds the placeholder {placeholder}");
        }
        else if (arn.AsSpan().ContainsAny('*', '?') && arn.Contains(':', StringComparison.Ordinal))
        {
            yield return Find(Rules.WildcardInArn, $"{arn} has a wildcard, which is compared as it is");
        }
        else if (ArnCharacters.Check(arn) is { } strange)
        {
            yield return Find(Rules.StrangeCharacter, strange.Message) with { Remedy = strange.Hint ?? Rules.StrangeCharacter.Remedy };
        }
        else if (!Arn.TryParse(Arn.LookupKey(arn), out var parts, out var reason))
        {
            yield return Malformed($"\"{arn}\" {reason}");
        }
        else if (ArnPlaceholder.IsAccountWord(parts.Account))
        {
            yield return Find(Rules.PlaceholderInArn, $"{arn} has {parts.Account} where the account id should be");
        }
        else if (!Partitions.IsKnown(parts.Partition))
        {
            yield return Find(Rules.UnknownPartition, $"{arn} has the unknown partition \"{parts.Partition}\"");
        }
        else if (never is not null)
        {
            yield return CanonicalArn.TryParse(Arn.LookupKey(arn), out var canonical, out _) switch
            {
                true when canonical!.Type == PrincipalType.AssumedRole => Misnamed(Rules.SessionArn, arn, never, item),
                true when canonical!.Type == PrincipalType.Role && MatchableArn.WhyNot(CanonicalArn.StripPath(canonical.Text)) is null =>
                    Misnamed(Rules.RolePath, arn, never, item),
                true => Malformed($"{arn} {never}"),
                _ => NotAPrincipal(parts, never),
            };
        }
        else
        {
            foreach (var finding in OddKind(parts))
            {
                yield return finding;
            }
        }

        Finding Find(Rule rule, string message) => item.Find(rule, item.ArnField, message);

        Finding Malformed(string message) => Find(Rules.MalformedArn, message) with
        {
            Remedy = Hint(arn) ?? Rules.MalformedArn.Remedy,
        };

        Finding NotAPrincipal(Arn parts, string never) => parts.Resource.Length == 0 || parts.Resource.Split('/')[0] is "assumed-role"
            ? Malformed($"{arn} {never}")
            : Find(Rules.NotAPrincipal, $"{arn} {never}") with { Remedy = Hint(arn) ?? Rules.NotAPrincipal.Remedy };

        IEnumerable<Finding> OddKind(Arn parts)
        {
            var type = parts.Resource.Split('/')[0];
            if (type is "root" or "federated-user")
            {
                var what = type == "root" ? "the account's root user" : "a federated user's session";
                yield return Find(Rules.UnusualPrincipal, $"{arn} is {what}");
            }
            else if (type == (item.Key == SectionKey.MapRoles ? "user" : "role"))
            {
                yield return Find(Rules.WrongList, $"{arn} is a {type} and stands in {item.Key.Name()}");
            }
        }
    }

    private static string? Hint(string arn) => PrincipalArn.TryParse(arn, keepPath: false, out _, out var failure) ? null : failure.Hint;

    // A role in a form that never matches; the form that does is known.
    private static Finding Misnamed(Rule rule, string arn, string never, LintItem item)
    {
        var right = CanonicalArn.TryParse(arn, out var canonical, out _) ? CanonicalArn.StripPath(canonical.Text) : null;
        var note = right?.Contains(":role/AWSReservedSSO_", StringComparison.Ordinal) == true
            ? "; the end of its name changes when the permission set is provisioned anew"
            : "";
        var finding = item.Find(rule, item.ArnField, $"{arn} {never}{note}");
        return right is null || MatchableArn.WhyNot(right) is not null
            ? finding
            : finding with { Remedy = $"write {right}", Mend = Replace(item, right) };
    }

    private static Mend? Replace(LintItem item, string arn)
    {
        if (item.Value(item.ArnField) is not YamlScalar
            {
                HasProperties: false, Style: not (ScalarStyle.Literal or ScalarStyle.Folded),
            } value)
        {
            return null;
        }

        var written = ScalarWriter.Write(arn, value.Style, item.Fields!.IsFlow);
        return new(item.Index, $"{value.Value} is now {arn}", [new(value.Span, written)]) { Arn = arn };
    }
}
