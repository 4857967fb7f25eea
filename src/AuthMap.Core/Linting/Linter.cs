using AuthMap.Documents;
using AuthMap.Linting.Checks;

namespace AuthMap.Linting;

/// <summary>Looks for mistakes in a map. Pure; no map makes it throw.</summary>
public static class Linter
{
    private static readonly Func<LintMap, IEnumerable<Finding>>[] _checks =
    [
        KeyChecks.Check,
        DataChecks.Check,
        FieldChecks.Check,
        ArnChecks.Check,
        DuplicateChecks.Check,
        UsernameChecks.Check,
        GroupChecks.Check,
        NodeChecks.Check,
        AccountChecks.Check,
        MapChecks.Check,
    ];

    /// <summary>Looks for mistakes; in time nearly linear in the size of the map.</summary>
    /// <param name="document">The map.</param>
    /// <param name="settings">What is known about the cluster.</param>
    /// <returns>What was found and is not silenced by a comment, in the order of the text: roles, users, accounts, other keys.</returns>
    public static IReadOnlyList<Finding> Lint(AwsAuthDocument document, LintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(settings);
        var map = new LintMap(document, settings);
        var keys = SectionKeys.All.Select(SectionKeys.Name).ToList();
        // An anchored text is looked at once more wherever its alias stands.
        return
        [
            .. Suppressions.Apply(map, [.. _checks.SelectMany(check => check(map))])
                .DistinctBy(finding => (finding.Rule, finding.Key, finding.Position, finding.Message))
                .OrderBy(finding => keys.IndexOf(finding.Key) is >= 0 and var place ? place : keys.Count)
                .ThenBy(finding => finding.Key, StringComparer.Ordinal)
                .ThenBy(finding => finding.Position.Line)
                .ThenBy(finding => finding.Position.Column)
                .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal),
        ];
    }
}
