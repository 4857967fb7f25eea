using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace AuthMap.Benchmarks.Native;

/// <summary>What the native compiler says about the binary that it made.</summary>
/// <param name="Items">What is in it.</param>
internal sealed record MapFile(IReadOnlyList<MapItem> Items)
{
    /// <summary>Reads it.</summary>
    public static MapFile Read(string path)
    {
        var items = new List<MapItem>();
        using var reader = XmlReader.Create(path);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("Length") is { } length)
            {
                items.Add(new(reader.Name, reader.GetAttribute("Name")!, int.Parse(length, CultureInfo.InvariantCulture)));
            }
        }

        return new(items);
    }

    /// <summary>The names of the compiled methods.</summary>
    public HashSet<string> Methods => [.. Items.Where(item => item.IsCode).Select(item => item.Name)];
}

/// <summary>One thing in the binary.</summary>
/// <param name="Kind">Its kind, as the compiler calls it.</param>
/// <param name="Name">Its symbol.</param>
/// <param name="Length">Its size in bytes.</param>
internal sealed partial record MapItem(string Kind, string Name, int Length)
{
    public bool IsCode => Kind == "MethodCode";

    /// <summary>The assembly that a method or type comes from; generic ones belong to the definition.</summary>
    public string Assembly => Assemblies.Of(Wrapping().Replace(Name, ""));

    // "_ZTV45YamlDotNet_YamlDotNet_Core_…" is what a type's table is called.
    [GeneratedRegex("^(?:_ZTV[0-9]+)?(?:Boxed_|__Array<|<Boxed>)*")]
    private static partial Regex Wrapping();
}
