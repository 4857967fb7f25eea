using AuthMap.Arns;
using AuthMap.Authenticator;
using AuthMap.Manifests;
using AuthMap.Mappings;
using YamlDotNet.Core;

namespace AuthMap.Lists;

/// <summary>The fields of a mapping in a list file, read as eksctl reads them: names in any case, values of the right type only.</summary>
internal sealed class Fields
{
    private readonly SourceText _source;
    private readonly YamlMapping _node;
    private readonly string _what;

    /// <param name="source">The file.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="AuthMapException">A field is there twice, or is no name.</exception>
    public Fields(SourceText source, YamlMapping node, string what)
    {
        (_source, _node, _what) = (source, node, what);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, _) in node.Pairs)
        {
            if (key.Resolved is not YamlScalar name)
            {
                throw source.Refuse(key.Start, "a field whose name is not a string");
            }

            if (name is { Style: ScalarStyle.Plain, Value: "<<" })
            {
                throw source.Refuse(key.Start, $"{what} uses a YAML merge (<<)", "write its fields out");
            }

            if (!seen.Add(name.Value))
            {
                throw source.Refuse(key.Start, $"{name.Value} is there twice in {what}", "remove one of them");
            }
        }
    }

    /// <summary>The names of the fields.</summary>
    public IEnumerable<YamlScalar> Names => _node.Pairs.Select(pair => (YamlScalar)pair.Key.Resolved);

    /// <summary>Refuses every field but these.</summary>
    public void AllowOnly(params string[] known)
    {
        string[] lower = [.. known.Select(name => name.ToLowerInvariant())];
        foreach (var name in Names.Where(name => !known.Any(field => Matches(name.Value, field))))
        {
            var hint = Closest.To(name.Value, lower) is { } meant ? $"did you mean {known[lower.IndexOf(meant)]}" : $"known are {string.Join(", ", known)}";
            throw _source.Refuse(name.Start, $"unknown field \"{name.Value}\" in {_what}", hint);
        }
    }

    /// <summary>The value of a field; null when it is absent.</summary>
    public YamlNode? Node(string name) =>
        _node.Pairs.FirstOrDefault(pair => Matches(((YamlScalar)pair.Key.Resolved).Value, name)).Value?.Resolved;

    /// <summary>A field that holds fields; null when it is absent or empty.</summary>
    public Fields? Mapping(string name) => Node(name) switch
    {
        null or { IsEmpty: true } => null,
        YamlMapping mapping => new(_source, mapping, name),
        var other => throw _source.Refuse(other.Start, $"{name} is not a mapping of names to values"),
    };

    /// <summary>A string; null when it is absent or empty, which to eksctl is the same.</summary>
    public string? Text(string name) => Node(name) is { IsEmpty: false } node && String(node, name) is { Length: > 0 } text ? text : null;

    /// <summary>A list of strings; empty when it is absent.</summary>
    public GroupList Texts(string name) => Node(name) switch
    {
        null or { IsEmpty: true } => [],
        YamlSequence list => GroupList.From(list.Items.Select(item => String(item.Resolved, $"an item of {name}"))),
        var other => throw _source.Refuse(other.Start, $"{name} is not a list", $"write {name}: [NAME, NAME], or a line with a dash for each"),
    };

    /// <summary>A boolean; false when it is absent.</summary>
    public bool Flag(string name) => Node(name) switch
    {
        null or { IsEmpty: true } => false,
        YamlScalar { Style: ScalarStyle.Plain, Tag: null } scalar when PlainScalar.IsBoolean(scalar.Value) =>
            scalar.Value.ToLowerInvariant() is "true" or "yes" or "on" or "y",
        var other => throw _source.Refuse(other.Start, $"{name} is neither true nor false"),
    };

    private string String(YamlNode node, string what) => node switch
    {
        YamlScalar { Style: not ScalarStyle.Plain } scalar => scalar.Value,
        YamlScalar { Tag: not null } scalar => scalar.Value,
        YamlScalar scalar when PlainScalar.IsBoolean(scalar.Value) || PlainScalar.IsNumber(scalar.Value) || scalar.IsEmpty =>
            throw _source.Refuse(node.Start, $"{what} is not a string but {scalar.Value}", $"quote it: \"{scalar.Value}\""),
        YamlScalar scalar => scalar.Value,
        YamlMapping { Flow: true } => throw _source.Refuse(node.Start, $"{what} is not a string", "quote what begins with a brace"),
        _ => throw _source.Refuse(node.Start, $"{what} is not a string"),
    };

    private static bool Matches(string written, string name) => FieldNames.Match(written, name.ToLowerInvariant());
}
