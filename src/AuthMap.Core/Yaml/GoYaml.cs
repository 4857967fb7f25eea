namespace AuthMap.Yaml;

/// <summary>
/// Turns nodes into values as go-yaml v2 and the JSON step behind it do. What is fatal there (a list as a key, an alias inside
/// its own anchor, an alias bomb, a number that JSON cannot carry) throws <see cref="YamlFaultException"/>.
/// </summary>
internal sealed class GoYaml
{
    // go-yaml's own bounds: from 400,000 decoded nodes on, the share that aliases may cause falls from 99 % to 10 %.
    private const int LenientDecodes = 400_000;
    private const int StrictDecodes = 4_000_000;

    private readonly HashSet<YamlNode> _open = [];
    private int _decodes;
    private int _aliasDecodes;
    private int _aliasDepth;
    private bool _hasNonFinite;

    private GoYaml()
    {
    }

    /// <summary>Evaluates a tree.</summary>
    /// <param name="root">Its root.</param>
    public static GoValue Evaluate(YamlNode root)
    {
        var reader = new GoYaml();
        return reader.Checked(reader.Read(root));
    }

    /// <summary>Evaluates a list of which some items have been evaluated already.</summary>
    /// <param name="list">The list, without aliases.</param>
    /// <param name="known">The values of its first items.</param>
    public static GoList Evaluate(YamlSequence list, IEnumerable<GoValue> known)
    {
        var reader = new GoYaml();
        return reader.Checked(reader.ReadSequence(list, known));
    }

    private T Checked<T>(T value)
        where T : GoValue
    {
        if (_hasNonFinite)
        {
            RequireJson(value);
        }

        return value;
    }

    private GoValue Read(YamlNode node)
    {
        Count(node);
        return node switch
        {
            YamlScalar scalar => ReadScalar(scalar),
            YamlAlias alias => ReadAlias(alias),
            YamlSequence sequence => ReadSequence(sequence, []),
            _ => new GoMap(node, ReadMapping((YamlMapping)node)),
        };
    }

    private GoScalar ReadScalar(YamlScalar scalar)
    {
        var type = Resolve(scalar, out var text);
        return new(scalar, type, text);
    }

    private ScalarType Resolve(YamlScalar scalar, out string text)
    {
        var type = ScalarResolver.Resolve(scalar, out text);
        _hasNonFinite |= type == ScalarType.NonFinite;
        return type;
    }

    private void Count(YamlNode node)
    {
        _decodes++;
        _aliasDecodes += _aliasDepth > 0 ? 1 : 0;
        var allowed = _decodes switch
        {
            <= LenientDecodes => 0.99,
            >= StrictDecodes => 0.10,
            _ => 0.99 - (0.89 * (_decodes - LenientDecodes) / (StrictDecodes - LenientDecodes)),
        };
        if (_aliasDecodes > 100 && _decodes > 1000 && (double)_aliasDecodes / _decodes > allowed)
        {
            throw new YamlFaultException(node.Position, "it contains excessive aliasing");
        }
    }

    private GoValue ReadAlias(YamlAlias alias)
    {
        if (!_open.Add(alias.Target))
        {
            throw new YamlFaultException(alias.Position, "the anchor's value contains itself");
        }

        _aliasDepth++;
        // The value is reported where it is used.
        var value = Read(alias.Target) with { Node = alias };
        _aliasDepth--;
        _open.Remove(alias.Target);
        return value;
    }

    private GoList ReadSequence(YamlSequence sequence, IEnumerable<GoValue> known)
    {
        var items = new List<GoValue>(sequence.Items.Count);
        items.AddRange(known);
        for (var i = items.Count; i < sequence.Items.Count; i++)
        {
            items.Add(Read(sequence.Items[i]));
        }

        return new GoList(sequence, items);
    }

    private List<KeyValuePair<string, GoValue>> ReadMapping(YamlMapping mapping)
    {
        var fields = new List<KeyValuePair<string, GoValue>>(mapping.Pairs.Count);
        ReadInto(fields, mapping);
        return IsSettled(fields) ? fields : Settle(fields);
    }

    // Most mappings are written as they leave: each key once, and in order.
    private static bool IsSettled(List<KeyValuePair<string, GoValue>> fields)
    {
        for (var i = 1; i < fields.Count; i++)
        {
            if (Utf8Order.Compare(fields[i - 1].Key, fields[i].Key) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    // Repeated keys: the last wins.
    private static List<KeyValuePair<string, GoValue>> Settle(List<KeyValuePair<string, GoValue>> fields)
    {
        var last = new Dictionary<string, GoValue>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            last[name] = value;
        }

        var ordered = last.ToList();
        ordered.Sort((a, b) => Utf8Order.Compare(a.Key, b.Key));
        return ordered;
    }

    // A merge counts where it stands, so it overrides what is written above it.
    private void ReadInto(List<KeyValuePair<string, GoValue>> fields, YamlMapping mapping)
    {
        foreach (var (key, value) in mapping.Pairs)
        {
            if (key is YamlScalar { Value: "<<" } merge && (merge.IsImplicit || merge.Tag == "tag:yaml.org,2002:merge"))
            {
                Merge(fields, value);
            }
            else
            {
                var name = ReadKey(key);
                fields.Add(new(name, Read(value)));
            }
        }
    }

    private string ReadKey(YamlNode key)
    {
        if (key is not YamlScalar scalar)
        {
            return Read(key) is GoScalar value ? KeyOf(key, value.Type, value.Text) : throw new YamlFaultException(
                key.Position, "a list or a mapping stands where a key should be; an unquoted {{…}} is one");
        }

        Count(key);
        return KeyOf(key, Resolve(scalar, out var text), text);
    }

    private static string KeyOf(YamlNode key, ScalarType type, string text) => type switch
    {
        ScalarType.Null => throw new YamlFaultException(key.Position, "a key is empty (null)"),
        ScalarType.Boolean => text is ['y' or 'Y' or 't' or 'T', ..] or "on" or "On" or "ON" ? "true" : "false",
        _ => text,
    };

    private void Merge(List<KeyValuePair<string, GoValue>> fields, YamlNode value)
    {
        switch (value)
        {
            case YamlMapping or YamlAlias { Target: YamlMapping }:
                MergeOne(fields, value);
                break;
            case YamlSequence sequence:
                Count(sequence);
                for (var i = sequence.Items.Count - 1; i >= 0; i--)
                {
                    MergeOne(fields, sequence.Items[i]);
                }

                break;
            default:
                throw new YamlFaultException(value.Position, "a merge (<<) needs a mapping or a list of mappings");
        }
    }

    private void MergeOne(List<KeyValuePair<string, GoValue>> fields, YamlNode node)
    {
        Count(node);
        switch (node)
        {
            case YamlMapping mapping:
                ReadInto(fields, mapping);
                break;
            case YamlAlias { Target: YamlMapping target } alias:
                if (!_open.Add(target))
                {
                    throw new YamlFaultException(alias.Position, "the anchor's value contains itself");
                }

                _aliasDepth++;
                Count(target);
                ReadInto(fields, target);
                _aliasDepth--;
                _open.Remove(target);
                break;
            default:
                throw new YamlFaultException(node.Position, "a merge (<<) needs a mapping or a list of mappings");
        }
    }

    // Only what is left after overriding goes through JSON.
    private static void RequireJson(GoValue value)
    {
        switch (value)
        {
            case GoScalar { Type: ScalarType.NonFinite } scalar:
                throw new YamlFaultException(scalar.Node.Position, $"the number {scalar.Text} cannot be carried over to JSON");
            case GoList list:
                foreach (var item in list.Items)
                {
                    RequireJson(item);
                }

                break;
            case GoMap map:
                foreach (var (_, field) in map.Fields)
                {
                    RequireJson(field);
                }

                break;
            default:
                break;
        }
    }
}
