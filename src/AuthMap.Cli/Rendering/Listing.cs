using AuthMap.Mappings;

namespace AuthMap.Cli.Rendering;

/// <summary>An entry of the map as a listing shows it.</summary>
/// <param name="Mapping">What it maps.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Line">Its line: in the file where there is one, else in its key's text.</param>
internal sealed record ListedEntry(Mapping Mapping, string Status, int Line);

/// <summary>Writes listings.</summary>
internal static class Listing
{
    /// <param name="output">Where to.</param>
    /// <param name="entries">The entries, in the order of the map: roles, users, accounts.</param>
    /// <param name="format">How.</param>
    /// <param name="width">The width of the terminal; null off a terminal.</param>
    public static void Write(TextWriter output, IReadOnlyList<ListedEntry> entries, ListingFormat format, int? width)
    {
        switch (format)
        {
            case ListingFormat.Table:
                string[][] rows = [.. entries.Select(entry => Cells(entry))];
                // An unstable sort will do: rows that compare as equal are the same.
                Array.Sort(rows, ByCells);
                Table.Write(output, ["ARN", "USERNAME", "GROUPS", "ACCOUNT"], rows, width);
                break;
            case ListingFormat.Wide:
                Table.Write(output, ["ARN", "USERNAME", "GROUPS", "ACCOUNT", "KIND", "STATUS", "LINE"],
                    [.. entries.Select(WideCells)],
                    width);
                break;
            case ListingFormat.Name:
                // An sso entry has no name that another command would take.
                foreach (var name in entries.Select(entry => entry.Mapping.Identity).Where(name => name.Length > 0))
                {
                    output.WriteLine(Printable.Line(name));
                }

                break;
            default:
                output.Write(StructuredText.Of(
                    json => MappingJson.Write(json, entries.Select(entry => entry.Mapping)),
                    format == ListingFormat.Json ? StructuredFormat.Json : StructuredFormat.Yaml));
                break;
        }
    }

    // eksctl's order, which scripts may count on: as text, column by column.
    private static int ByCells(string[] a, string[] b)
    {
        var order = 0;
        for (var i = 0; order == 0 && i < a.Length; i++)
        {
            order = string.CompareOrdinal(a[i], b[i]);
        }

        return order;
    }

    private static string[] Cells(ListedEntry entry) => entry.Mapping is PrincipalMapping principal
        ?
        [
            Printable.Line(ChangeLines.IdentityText(principal)),
            Printable.Line(principal.Username),
            Printable.Line(principal.Groups.ToString()),
            "",
        ]
        : ["", "", "", Printable.Line(entry.Mapping.Identity)];

    private static string[] WideCells(ListedEntry entry) =>
        [.. Cells(entry), ChangeLines.KindName(entry.Mapping.Kind), entry.Status, $"{entry.Line}"];
}
