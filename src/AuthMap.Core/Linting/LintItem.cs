using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using AuthMap.Mappings;
using AuthMap.Planning;
using AuthMap.Yaml;

namespace AuthMap.Linting;

/// <summary>An item of a list as rules look at it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Node">Its text.</param>
/// <param name="Status">What the authenticator makes of it; null when it drops it.</param>
/// <param name="Faults">What the authenticator cannot use in it.</param>
internal sealed record LintItem(SectionKey Key, int Index, YamlNode Node, EntryStatus? Status, IReadOnlyList<Fault> Faults)
{
    /// <summary>Its fields as written; null when it is not a mapping.</summary>
    public YamlMapping? Fields { get; } = (Node is YamlAlias alias ? alias.Target : Node) as YamlMapping;

    /// <summary>The entry of a role or a user that the authenticator keeps; null for anything else.</summary>
    public PrincipalMapping? Principal => Status?.Located.Mapping as PrincipalMapping;

    /// <summary>Whether the authenticator ever takes this entry.</summary>
    public bool IsInEffect => Status?.Reachability is Reachability.Effective or Reachability.Ambiguous;

    /// <summary>The name of the field that holds the ARN.</summary>
    public string ArnField => Key == SectionKey.MapUsers ? "userarn" : "rolearn";

    /// <summary>The value that counts for a field; null when the item does not write it itself.</summary>
    public YamlNode? Value(string field) => Fields is null ? null : EntryFields.Value(Fields, field);

    /// <summary>Where a field's value stands, or else the item.</summary>
    public TextPosition PositionOf(string field) => (Value(field) ?? Node).Position;

    /// <summary>Where one of the groups stands.</summary>
    public TextPosition PositionOfGroup(int index) =>
        (Value("groups") is YamlAlias alias ? alias.Target : Value("groups")) is YamlSequence list && index < list.Items.Count
            ? list.Items[index].Position
            : PositionOf("groups");

    /// <summary>Whether a value of this field has a wrong type.</summary>
    public bool HasFault(string field) => Faults.Any(fault => fault.Field is { } name && FieldNames.Match(name, field));

    /// <summary>The authenticator's name for a field that was meant by another one; null when it is not clear.</summary>
    public string? Meant(string field)
    {
        var plain = field.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim();
        string[] names = [ArnField, "username", "groups", .. Key == SectionKey.MapRoles ? ["sso"] : Array.Empty<string>()];
        return plain.Equals("arn", StringComparison.OrdinalIgnoreCase) ? ArnField
            : names.FirstOrDefault(name => FieldNames.Match(plain, name)) ?? Arns.Closest.To(plain, names);
    }

    /// <summary>The fields that the authenticator does not know, with their values.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value)> UnknownFields => Fields is null ? [] :
        from pair in Fields.Pairs
        let key = pair.Key as YamlScalar
        where key is not null && key.Value != "<<" && KnownName(key.Value) is null
        select (key, pair.Value);

    /// <summary>The lower-case name of a field that the authenticator knows in any case; null when it does not.</summary>
    public string? KnownName(string field)
    {
        string[] names = [ArnField, "username", "groups", "userid", .. Key == SectionKey.MapRoles ? ["sso"] : Array.Empty<string>()];
        return names.FirstOrDefault(name => FieldNames.Match(field, name));
    }

    /// <summary>A finding at a place in this item.</summary>
    public Finding Find(Rule rule, TextPosition position, string message) => new(rule, Key.Name(), position, message);

    /// <summary>A finding at a field of this item.</summary>
    public Finding Find(Rule rule, string field, string message) => Find(rule, PositionOf(field), message);
}
