using AuthMap.Mappings;

namespace AuthMap.Documents;

/// <summary>A change of one list, entry by entry.</summary>
public abstract record SectionEdit
{
    private protected SectionEdit()
    {
    }
}

/// <summary>Adds a mapping at the end of the list.</summary>
/// <param name="Mapping">The mapping; an empty username or an empty group list is left out of the text.</param>
public sealed record AppendEntry(Mapping Mapping) : SectionEdit;

/// <summary>Changes username and groups of an entry in place; its ARN, other fields and comments stay.</summary>
/// <param name="Index">The entry's <see cref="Entry.Index"/>.</param>
/// <param name="Username">The wanted username; null leaves it as it is.</param>
/// <param name="Groups">The wanted groups, in order; null leaves them as they are. Empty takes the field away.</param>
public sealed record UpdateEntry(int Index, string? Username, GroupList? Groups) : SectionEdit;

/// <summary>Takes an entry out of the list.</summary>
/// <param name="Index">The entry's <see cref="Entry.Index"/>.</param>
public sealed record RemoveEntry(int Index) : SectionEdit;
