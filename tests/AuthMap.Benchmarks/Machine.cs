using System.Runtime.InteropServices;
using AuthMap.Benchmarks.Tools;

namespace AuthMap.Benchmarks;

/// <summary>What a reader has to know of the machine to judge the numbers.</summary>
internal static class Machine
{
    public static IReadOnlyDictionary<string, string> Describe(string server, IReadOnlyList<Tool> tools, int pairs)
    {
        var facts = new OrderedDictionary<string, string>
        {
            ["processor"] = $"{Environment.ProcessorCount} × {Processor()}",
            ["system"] = $"{RuntimeInformation.OSDescription}, Linux {Environment.OSVersion.Version}, {RuntimeInformation.OSArchitecture}",
            [".NET"] = RuntimeInformation.FrameworkDescription,
            ["API server"] = server,
        };
        foreach (var tool in tools)
        {
            facts[tool.Name] = tool.Version;
        }

        facts["runs of each"] = $"{pairs}, in alternation; times are medians, memory is the largest";
        return facts;
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : "unknown";
}
