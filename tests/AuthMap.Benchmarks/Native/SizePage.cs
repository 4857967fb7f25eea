using System.Globalization;
using System.Text;

namespace AuthMap.Benchmarks.Native;

/// <summary>Writes <c>docs/size.md</c>: what is in the native binary.</summary>
internal static class SizePage
{
    private const string NoCode = "tables, strings and metadata";

    public static async Task<int> WriteAsync()
    {
        var build = await NativeBuild.MakeAsync();
        var path = Path.Combine(Repository.Root, "docs", "size.md");
        await File.WriteAllTextAsync(path, Text(build.Map, await build.ShippedSizeAsync()));
        Bench.Say($"wrote {path}");
        return 0;
    }

    internal static string Text(MapFile map, long size)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # What is in the native binary

            One file of {size / 1e6:0.00} MB (Linux x64). It may be 15 MB at most; `.ci/run` checks that. This page is made by `dotnet run -c Release --project tests/AuthMap.Benchmarks -- size` from the compiler's map; do not edit it.

            Size is time: a native program unpacks the tables of all types that it links in when it starts, whether it uses them or not, and every page of code that it touches counts as its memory. So:

            - What the framework links in for callers that are not here is cut off in `src/AuthMap.Cli/Native/unused.xml`: Brotli (nothing asks for it), and the regular expressions without backtracking (nothing makes one). That saves 1.3 MB.
            - JSON that is read or sent goes through source-generated contexts with metadata alone, for the few types there are; what is printed is written field by field, because a type that goes through the serializer costs 8 kB; the Kubernetes client's context of all kinds is never reached (it would more than double the binary).
            - The methods that `get`, `create` and `delete` run stand together, by `src/AuthMap.Cli/Native/startup.order`. That saves no byte, but 4 MB of memory. `dotnet run -c Release --project tests/AuthMap.Benchmarks -- order` records it anew (with valgrind); names that are gone do no harm.

            ## By origin

            Code and type tables as the compiler counts them; a generic method or type belongs to where it is defined.

            | from | code | type tables |
            |---|---:|---:|

            """);
        var groups = map.Items.Where(item => item.IsCode || item.Kind.EndsWith("EEType", StringComparison.Ordinal)).GroupBy(item => item.Assembly);
        foreach (var group in groups.OrderByDescending(group => group.Sum(item => item.Length)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {Kilo(group.Where(item => item.IsCode))} | {Kilo(group.Where(item => !item.IsCode))} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"""

            ## The largest of the rest ({NoCode})

            | what | size |
            |---|---:|

            """);
        var rest = map.Items.Where(item => !item.IsCode && !item.Kind.EndsWith("EEType", StringComparison.Ordinal)).GroupBy(item => item.Kind);
        foreach (var group in rest.OrderByDescending(group => group.Sum(item => (long)item.Length)).Take(12))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {Kilo(group)} |\n");
        }

        text.Append("\n## The largest classes\n\n| class | code |\n|---|---:|\n");
        foreach (var group in map.Items.Where(item => item.IsCode).GroupBy(item => item.Name.Split("__")[0].Split('<')[0])
            .OrderByDescending(group => group.Sum(item => item.Length)).Take(25))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{group.Key}` | {Kilo(group)} |\n");
        }

        return text.ToString();
    }

    private static string Kilo(IEnumerable<MapItem> items) =>
        (items.Sum(item => (long)item.Length) / 1e3).ToString("#,0 kB", CultureInfo.InvariantCulture);
}
