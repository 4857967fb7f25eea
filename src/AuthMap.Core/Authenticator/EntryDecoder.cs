using System.Runtime.InteropServices;
using AuthMap.Documents;
using AuthMap.Mappings;
using AuthMap.Yaml;

namespace AuthMap.Authenticator;

/// <summary>
/// Decodes mapRoles and mapUsers as Go's <c>encoding/json</c> fills the structs: a value of a wrong type leaves its field as it
/// was, names match in any case, and the last of several spellings (in byte order) wins.
/// </summary>
internal sealed class EntryDecoder(SectionKey key, string text)
{
    private readonly List<Fault> _faults = [];

    // Those of the entry at hand.
    private readonly List<string> _groups = [];
    private readonly string _arnField = key == SectionKey.MapRoles ? "rolearn" : "userarn";

    public Section Decode(YamlNode root, GoValue value)
    {
        var entries = new List<Entry>();
        switch (value)
        {
            case GoList list:
                DecodeItems(list, entries, 0);
                break;
            case GoScalar { Type: ScalarType.Null }:
                break;
            default:
                _faults.Add(Decoder.NotAList(key, root, Describe(value)));
                break;
        }

        return new Section(key, text, entries, _faults) { Root = root, Value = value };
    }

    /// <summary>Decodes a list of which the first items are those of another section.</summary>
    /// <param name="root">The list.</param>
    /// <param name="before">The other section.</param>
    /// <param name="known">How many items; at least one is not among them.</param>
    public Section Decode(YamlSequence root, Section before, int known)
    {
        var list = GoYaml.Evaluate(root, ((GoList)before.Value!).Items.Take(known));
        var entries = before.Entries.TakeWhile(entry => entry.Index < known).ToList();
        _faults.AddRange(before.Faults.TakeWhile(fault => fault.Position.Line < root.Items[known].Position.Line));
        DecodeItems(list, entries, known);
        return new Section(key, text, entries, _faults) { Root = root, Value = list };
    }

    private void DecodeItems(GoList list, List<Entry> entries, int first)
    {
        for (var index = first; index < list.Items.Count; index++)
        {
            if (DecodeEntry(list.Items[index]) is { } mapping)
            {
                var node = list.Items[index].Node;
                entries.Add(new Entry(mapping, index, node.Span, node.Position));
            }
        }
    }

    private Mapping? DecodeEntry(GoValue value)
    {
        string arn = "", username = "", userId = "";
        var groups = _groups;
        groups.Clear();
        SsoFields? sso = null;
        if (value is GoMap map)
        {
            foreach (var (name, field) in map.Fields)
            {
                if (FieldNames.Match(name, _arnField))
                {
                    ReadString(ref arn, name, field);
                }
                else if (FieldNames.Match(name, "username"))
                {
                    ReadString(ref username, name, field);
                }
                else if (FieldNames.Match(name, "groups"))
                {
                    ReadGroups(groups, name, field);
                }
                else if (FieldNames.Match(name, "userid"))
                {
                    ReadString(ref userId, name, field);
                }
                else if (key == SectionKey.MapRoles && FieldNames.Match(name, "sso"))
                {
                    ReadSso(ref sso, name, field);
                }
            }
        }
        else if (value is not GoScalar { Type: ScalarType.Null })
        {
            AddFault(value, FaultCost.Entry, $"the entry is {Describe(value)}, not a mapping");
            return null;
        }

        if (Validate(arn, sso) is { } reason)
        {
            AddFault(value, FaultCost.Entry, reason);
            return null;
        }

        return key == SectionKey.MapRoles
            ? new RoleMapping(arn, username, GroupList.Create(CollectionsMarshal.AsSpan(groups)), userId, sso?.ToRole())
            : new UserMapping(arn, username, GroupList.Create(CollectionsMarshal.AsSpan(groups)), userId);
    }

    private string? Validate(string arn, SsoFields? sso) => (arn, sso) switch
    {
        ("", null) => key == SectionKey.MapRoles ? "it has no rolearn" : "it has no userarn",
        (not "", not null) => "it has both rolearn and sso; only one is allowed",
        (_, not null) => sso.Validate(),
        _ => null,
    };

    private void ReadString(ref string target, string name, GoValue value, int? index = null)
    {
        if (value is GoScalar { Type: ScalarType.String } scalar)
        {
            target = scalar.Text;
        }
        else if (value is not GoScalar { Type: ScalarType.Null })
        {
            var place = index is null ? name : $"{name}[{index}]";
            AddFault(value, FaultCost.Field, $"{place} is {Describe(value)}, not a string", place);
        }
    }

    // Go decodes into the slice that is there: an item that sets nothing leaves what an earlier spelling put in its place.
    private void ReadGroups(List<string> groups, string name, GoValue value)
    {
        switch (value)
        {
            case GoScalar { Type: ScalarType.Null }:
                groups.Clear();
                break;
            case GoList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    var item = i < groups.Count ? groups[i] : "";
                    ReadString(ref item, name, list.Items[i], i);
                    if (i < groups.Count)
                    {
                        groups[i] = item;
                    }
                    else
                    {
                        groups.Add(item);
                    }
                }

                groups.RemoveRange(list.Items.Count, groups.Count - list.Items.Count);
                break;
            default:
                AddFault(value, FaultCost.Field, $"{name} is {Describe(value)}, not a list", name);
                break;
        }
    }

    private void ReadSso(ref SsoFields? sso, string name, GoValue value)
    {
        switch (value)
        {
            case GoScalar { Type: ScalarType.Null }:
                sso = null;
                break;
            case GoMap map:
                sso ??= new SsoFields();
                foreach (var (part, field) in map.Fields)
                {
                    if (FieldNames.Match(part, "permissionsetname"))
                    {
                        ReadString(ref sso.PermissionSetName, $"{name}.{part}", field);
                    }
                    else if (FieldNames.Match(part, "accountid"))
                    {
                        ReadString(ref sso.AccountId, $"{name}.{part}", field);
                    }
                    else if (FieldNames.Match(part, "partition"))
                    {
                        ReadString(ref sso.Partition, $"{name}.{part}", field);
                    }
                }

                break;
            default:
                sso ??= new SsoFields();
                AddFault(value, FaultCost.Field, $"{name} is {Describe(value)}, not a mapping", name);
                break;
        }
    }

    private void AddFault(GoValue value, FaultCost cost, string message, string? field = null) =>
        _faults.Add(new Fault(key, value.Node.Position, cost, message) { Field = field?.ToLowerInvariant(), Node = value.Node });

    private static string Describe(GoValue value) => value switch
    {
        GoList => "a list",
        GoMap => "a mapping",
        GoScalar { Type: ScalarType.Number } scalar => $"a number ({scalar.Text})",
        GoScalar { Type: ScalarType.Boolean } scalar => $"a boolean ({scalar.Text})",
        GoScalar { Type: ScalarType.Null } => "nothing",
        _ => "a string",
    };
}
