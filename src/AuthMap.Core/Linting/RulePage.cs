using System.Text;

namespace AuthMap.Linting;

/// <summary>The catalogue as a page of documentation (<c>docs/lint.md</c>).</summary>
public static class RulePage
{
    private const string Intro = """
        # Lint rules

        Made from the catalogue in `src/AuthMap.Core/Linting/Rules.cs`; do not edit. `AUTHMAP_ACCEPT=1` makes the tests write it anew.

        `authmap lint` reads a map as aws-iam-authenticator reads it and names what is wrong, with key, line and column. An *error* keeps
        somebody out or is not what the map seems to say; a *warning* works and is probably not meant. `--fail-on` says from which of them
        on the exit code is 3.

        A comment silences rules for an entry, on one of its lines or alone on a line above it:

        ```yaml
        # authmap:ignore AM027 RBAC names this user
        - rolearn: arn:aws:iam::111122223333:role/k8sDev
          username: dev-user
        ```

        What is mended by `--fix` changes nobody's outcome, which is proven before anything is written. What is mended by `--fix-access`
        lets somebody in or gives somebody a name or groups; the change in access is shown. An ARN that is mapped already is never
        written a second time, and some cases are left to a person all the same.

        """;

    /// <summary>Writes it.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Intro.ReplaceLineEndings("\n"));
        foreach (var group in Rules.Groups)
        {
            page.Append("\n## ").Append(group.Title).Append("\n\n| rule | severity | why | what to do | mended by |\n|---|---|---|---|---|\n");
            foreach (var rule in group.Rules)
            {
                page.Append("| ").AppendJoin(" | ", $"**{rule.Id}** {rule.Name}", rule.Severity.ToString().ToLowerInvariant(),
                    Cell(rule.Reason), Cell(rule.Remedy), MendedBy(rule.Mending)).Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string MendedBy(Mending mending) => mending switch
    {
        Mending.Fix => "`--fix`",
        Mending.FixAccess => "`--fix-access`",
        _ => "hand",
    };
}
