using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>Who enters as whom: one row for each principal or account that a map lets in, by the authenticator's rules.</summary>
/// <param name="rows">The rows, in the order of the map. Spellings of one user in different case, of which the authenticator takes
/// one at random, are a row each. What lets nobody in is no row: <c>sso</c> entries, ARNs that never match, account ids that are
/// none, shadowed entries.</param>
public sealed class AccessView(IReadOnlyList<AccessRow> rows)
{
    private (AccessView After, IReadOnlyList<AccessChange> Changes)? _compared;

    /// <summary>The rows.</summary>
    public IReadOnlyList<AccessRow> Rows => rows;

    /// <summary>The rows by principal; made once, for all who ask.</summary>
    internal AccessIndex Index => field ??= new(this);

    /// <summary>What differs in another view (<see cref="AccessDiff"/>); worked out once, for all who ask.</summary>
    internal IReadOnlyList<AccessChange> ChangesTo(AccessView after)
    {
        if (!ReferenceEquals(_compared?.After, after))
        {
            _compared = (after, AccessDiff.Compute(this, after));
        }

        return _compared!.Value.Changes;
    }

    /// <summary>The view of a map.</summary>
    /// <param name="document">The map.</param>
    public static AccessView Of(AwsAuthDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(new MapIndex(document));
    }

    internal static AccessView Of(MapIndex index) => new(
    [
        .. EntryStatus.Of(index)
            .Where(status => status.Reachability is Reachability.Effective or Reachability.Ambiguous)
            .Select(status => Row(status.Located)),
    ]);

    private static AccessRow Row(LocatedEntry located) => located.Mapping is PrincipalMapping principal
        ? new(principal.Kind, principal.Arn, principal.Username, principal.Groups, located.Key, located.Entry.Position)
        : new(located.Mapping.Kind, located.Mapping.Identity, "", [], located.Key, located.Entry.Position);
}

/// <summary>What one principal gets.</summary>
/// <param name="Kind">What kind of row of the map lets it in.</param>
/// <param name="Principal">The ARN, or the account id, as the winning entry writes it.</param>
/// <param name="Username">The username before templates are filled in; empty for accounts.</param>
/// <param name="Groups">The groups before templates are filled in.</param>
/// <param name="Key">The key of the winning entry.</param>
/// <param name="Position">Where the winning entry stands in it.</param>
public sealed record AccessRow(
    MappingKind Kind, string Principal, string Username, GroupList Groups, SectionKey Key, TextPosition Position);
