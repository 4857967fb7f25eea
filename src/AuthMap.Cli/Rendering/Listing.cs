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
                Table.Write(output, ["ARN", "USERNAME", "GROUPS", "ACCOUNT"], [.. entries.Select(Cells).Order(_byCells)], width);
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
                output.Write(StructuredText.Of<IReadOnlyList<MappingShape>>(
                    [.. entries.Select(entry => MappingShape.Of(entry.Mapping))],
                    ShapesJson.Readable.IReadOnlyListMappingShape,
                    format == ListingFormat.Json ? StructuredFormat.Json : StructuredFormat.Yaml));
                break;
        }
    }

    // eksctl's order, which scripts may count on: as text, column by column.
    private static readonly Comparer<string[]> _byCells = Comparer<string[]>.Create((a, b) =>
        a.Zip(b, string.CompareOrdinal).FirstOrDefault(order => order != 0));

    private static string[] Cells(ListedEntry entry)
    {
        string[] cells = entry.Mapping is PrincipalMapping principal
            ? [ChangeLines.IdentityText(principal), principal.Username, string.Join(',', principal.Groups), ""]
            : ["", "", "", entry.Mapping.Identity];
        return [.. cells.Select(Printable.Line)];
    }

    private static string[] WideCells(ListedEntry entry) =>
        [.. Cells(entry), ChangeLines.KindName(entry.Mapping.Kind), entry.Status, $"{entry.Line}"];
}
