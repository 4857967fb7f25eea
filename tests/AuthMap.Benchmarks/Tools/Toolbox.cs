using AuthMap.Benchmarks.Processes;

namespace AuthMap.Benchmarks.Tools;

/// <summary>Finds the tools that can be compared on this machine.</summary>
internal static class Toolbox
{
    // Google's SDK puts a program before kubectl that asks the server for its version and starts the client beside it that fits.
    private const string Dispatcher = "dispatcher";

    /// <summary>The names that a tool can be given by, and what they make of a path.</summary>
    public static IReadOnlyDictionary<string, Func<string, Tool>> Kinds { get; } = new Dictionary<string, Func<string, Tool>>
    {
        ["kubectl"] = path => new KubectlTool(path),
        ["aws-auth"] = path => new AwsAuthTool(path),
        ["aws-iam-authenticator"] = path => new AuthenticatorTool(path),
        ["eksctl"] = path => new EksctlTool(path),
    };

    /// <summary>Finds the others: those that were given, else those on the path. kubectl is installed when there is none.</summary>
    /// <param name="given">Paths by name.</param>
    /// <param name="install">Installs what is missing and gives the folder.</param>
    public static async Task<IReadOnlyList<Tool>> FindPeersAsync(
        IReadOnlyDictionary<string, string> given, Func<Task<string>> install)
    {
        var found = new List<Tool>();
        foreach (var (name, make) in Kinds)
        {
            var path = given.GetValueOrDefault(name) ?? OnPath(name);
            if (path is null && name == "kubectl")
            {
                path = Path.Combine(await install(), name);
            }

            if (path is not null)
            {
                found.Add(await WithVersionAsync(make(path)));
            }
        }

        return found;
    }

    /// <summary>Asks a tool for its version.</summary>
    public static async Task<Tool> WithVersionAsync(Tool tool)
    {
        var answer = (await Launcher.RunToolAsync(tool.Path, tool.VersionArguments)).Trim().Split('\n')[0];
        if (answer.Contains(Dispatcher, StringComparison.Ordinal) && NewestBeside(tool.Path) is { } real)
        {
            return await WithVersionAsync(tool with { Path = real });
        }

        return tool with { Version = answer.Replace("Client Version: ", "", StringComparison.Ordinal) };
    }

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static string? NewestBeside(string path)
    {
        var file = new FileInfo(path);
        var folder = ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).DirectoryName!;
        return Directory.EnumerateFiles(folder, "kubectl.1.*").MaxBy(VersionOf);

        static Version VersionOf(string client) =>
            Version.TryParse(Path.GetFileName(client)["kubectl.".Length..], out var version) ? version : new Version(0, 0);
    }
}
