using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>An entry and the key it stands in.</summary>
/// <param name="Key">The key.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Line">Its line as people find it: in the file where there is one, else in the key's text.</param>
public sealed record LocatedEntry(SectionKey Key, Entry Entry, int Line)
{
    /// <summary>The entry's values.</summary>
    public Mapping Mapping => Entry.Mapping;

    /// <summary>The place as messages name it, for example <c>mapRoles line 9</c>.</summary>
    public string Place => $"{Key.Name()} line {Line}";

    /// <summary>Place and values, as messages list them.</summary>
    internal string Describe() => Mapping is PrincipalMapping principal
        ? $"{Place}: {(principal.Arn.Length == 0 ? "an sso entry" : principal.Arn)}  →  {MappingText.Describe(principal)}"
        : $"{Place}: {Mapping.Identity}";
}
