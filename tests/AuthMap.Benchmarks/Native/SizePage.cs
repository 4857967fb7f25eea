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

            Size is time: every page of code and tables that a run touches has to be read, and counts as its memory. So:

            - On Linux the tables of types lie in the file as they are used, where .NET would pack them and have each start unpack all of them. That takes 2 MB of file, and saves 7 ms and 3 MiB of every run (decision 47).
            - What libraries link in for callers that are not here is cut off in `src/AuthMap.Cli/Native/unused.xml`: Brotli, HTTP/2, cookies, regular expressions without backtracking, DTDs and schemas of XML, and the SDK's own search for credentials and profiles. That saves 2.7 MB.
            - JSON goes field by field, for each type that goes through a serializer costs 8 to 10 kB; only Roles and bindings go through a source-generated context. The Kubernetes client's context of all kinds is never reached (it would more than double the binary).
            - The methods that `get`, `create` and `delete` run stand together, by `src/AuthMap.Cli/Native/startup.order`. That saves no byte, but memory. `dotnet run -c Release --project tests/AuthMap.Benchmarks -- order` records it anew (with valgrind); names that are gone do no harm.

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
