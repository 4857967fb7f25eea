using AuthMap.Mappings;
using YamlDotNet.Core;

namespace AuthMap.Documents.Splicing;

/// <summary>Writes whole entries.</summary>
internal static class EntryWriter
{
    /// <summary>The fields that an entry will have, lower-case; the ARN's first.</summary>
    public static IReadOnlyList<string> FieldsOf(Mapping mapping) => mapping is PrincipalMapping principal
        ?
        [
            ArnField(principal),
            .. principal.Username.Length > 0 ? new[] { "username" } : [],
            .. principal.Groups.Count > 0 ? new[] { "groups" } : [],
        ]
        : [""];

    /// <summary>Writes an entry as an item of a block list, in lines without their endings.</summary>
    public static IEnumerable<string> BlockLines(Mapping mapping, EntryStyle style)
    {
        var indent = new string(' ', style.DashColumn);
        if (mapping is not PrincipalMapping principal)
        {
            var quoting = style.Identity == ScalarStyle.SingleQuoted ? ScalarStyle.SingleQuoted : ScalarStyle.DoubleQuoted;
            return [$"{indent}- {ScalarWriter.Write(mapping.Identity, quoting, inFlow: false)}"];
        }

        var fields = FieldsOf(mapping);
        var order = style.Order.Where(fields.Contains).Concat(fields.Except(style.Order)).Distinct();
        var lines = order.SelectMany(field => FieldLines(principal, field, style)).ToList();
        return lines.Select((line, i) => i == 0
            ? indent + "-" + new string(' ', style.KeyOffset - 1) + line
            : new string(' ', style.DashColumn + style.KeyOffset) + line);
    }

    /// <summary>Writes the groups field, in lines that are indented from its key.</summary>
    public static IEnumerable<string> GroupLines(GroupList groups, EntryStyle style) =>
    [
        "groups:",
        .. groups.Select(group => GroupLine(group, style)),
    ];

    /// <summary>Writes one group of a block list, indented from the key.</summary>
    public static string GroupLine(string group, EntryStyle style) =>
        new string(' ', style.GroupOffset) + "-" + new string(' ', style.GroupItemOffset - 1)
        + ScalarWriter.Write(group, style.Group, inFlow: false);

    /// <summary>Writes an entry in braces, or an account, as an item of a list in brackets.</summary>
    /// <param name="mapping">The entry.</param>
    /// <param name="asJson">Whether to quote everything, as JSON does.</param>
    public static string Flow(Mapping mapping, bool asJson)
    {
        if (mapping is not PrincipalMapping principal)
        {
            return ScalarWriter.Write(mapping.Identity, ScalarStyle.DoubleQuoted, inFlow: true);
        }

        string[] parts =
        [
            FlowField(ArnField(principal), FlowScalar(principal.Arn, asJson), asJson),
            .. principal.Username.Length > 0 ? new[] { FlowField("username", FlowScalar(principal.Username, asJson), asJson) } : [],
            .. principal.Groups.Count > 0 ? new[] { FlowField("groups", FlowGroups(principal.Groups, asJson), asJson) } : [],
        ];
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary>Writes a key and a written value within braces.</summary>
    public static string FlowField(string name, string value, bool asJson) => asJson ? $"\"{name}\": {value}" : $"{name}: {value}";

    /// <summary>Writes a string within brackets or braces.</summary>
    public static string FlowScalar(string value, bool asJson) =>
        ScalarWriter.Write(value, asJson ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain, inFlow: true);

    /// <summary>Writes groups in brackets.</summary>
    public static string FlowGroups(GroupList groups, bool asJson) =>
        $"[{string.Join(", ", groups.Select(group => FlowScalar(group, asJson)))}]";

    private static string ArnField(PrincipalMapping mapping) => mapping is RoleMapping ? "rolearn" : "userarn";

    private static IEnumerable<string> FieldLines(PrincipalMapping mapping, string field, EntryStyle style) => field switch
    {
        "groups" => GroupLines(mapping.Groups, style),
        "username" => [$"username: {ScalarWriter.Write(mapping.Username, style.Username, inFlow: false)}"],
        _ => [$"{field}: {ScalarWriter.Write(mapping.Arn, style.Identity, inFlow: false)}"],
    };
}
