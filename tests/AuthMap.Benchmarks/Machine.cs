using System.Runtime.InteropServices;
using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks;

/// <summary>What a reader has to know of the machine to judge the numbers.</summary>
internal static class Machine
{
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(ApiServer server, IReadOnlyList<Tool> tools, int pairs)
    {
        ArgumentNullException.ThrowIfNull(server);
        return
        [
            new("processor", $"{Environment.ProcessorCount} × {Processor()}"),
            new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
            new("framework", RuntimeInformation.FrameworkDescription),
            .. tools.Select(tool => new KeyValuePair<string, string>(tool.Name, $"{tool.Version} ({tool.Path})")),
            new("runs of each", $"{pairs}, in alternation; times are medians, memory is the largest"),
        ];
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : "unknown";
}
