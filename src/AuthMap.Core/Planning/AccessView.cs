using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Who enters as whom: one row for each principal or account that a map lets in, by the authenticator's rules.</summary>
/// <param name="Rows">The rows, in the order of the map.</param>
public sealed record AccessView(IReadOnlyList<AccessRow> Rows);

/// <summary>What one principal gets.</summary>
/// <param name="Kind">What kind of row of the map lets it in.</param>
/// <param name="Principal">The ARN, or the account id, as the winning entry writes it.</param>
/// <param name="Username">The username before templates are filled in; empty for accounts.</param>
/// <param name="Groups">The groups before templates are filled in.</param>
/// <param name="Key">The key of the winning entry.</param>
/// <param name="Position">Where the winning entry stands in it.</param>
public sealed record AccessRow(
    MappingKind Kind, string Principal, string Username, GroupList Groups, SectionKey Key, TextPosition Position);
