using System.Text;
using System.Text.RegularExpressions;
using AuthMap.Cli.Tests.Support;

namespace AuthMap.Cli.Tests.Golden;

/// <summary>
/// A folder with: <c>cmd</c>, command lines; <c>before/</c>, the files they find (optional); <c>transcript.txt</c>, what they print;
/// <c>after/</c>, the files that they change or make. README.md beside the scenarios says how to add one.
/// </summary>
internal sealed partial class Scenario(string folder)
{
    private readonly List<string> _transcript = [];

    public static string Root { get; } = Path.Combine(FindRepository(), "tests", "AuthMap.Cli.Tests", "Golden");

    /// <summary>Runs the command lines in a fresh copy of <c>before/</c>, which is the working directory meanwhile.</summary>
    /// <returns>The transcript, and the files that are new or different afterwards.</returns>
    public async Task<(string Transcript, SortedDictionary<string, string> Files)> RunAsync()
    {
        var work = Directory.CreateTempSubdirectory("authmap-golden-").FullName;
        var home = Directory.GetCurrentDirectory();
        try
        {
            var before = ReadFiles(Path.Combine(folder, "before"));
            WriteFiles(work, before);
            Directory.SetCurrentDirectory(work);
            var run = new TestRun();
            foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, "cmd")))
            {
                run = await StepAsync(run, line);
            }

            var after = ReadFiles(work);
            return (
                Draft().Replace(string.Concat(_transcript).Replace(Directory.GetCurrentDirectory(), "WORK"), "DRAFT/"),
                new(after.Where(file => before.GetValueOrDefault(file.Key) != file.Value).ToDictionary()));
        }
        finally
        {
            Directory.SetCurrentDirectory(home);
            Directory.Delete(work, recursive: true);
            foreach (var kept in Draft().Matches(string.Concat(_transcript)).Select(match => match.Value).Distinct().Where(Directory.Exists))
            {
                Directory.Delete(kept, recursive: true);
            }
        }
    }

    public string ExpectedTranscript => File.Exists(TranscriptPath) ? File.ReadAllText(TranscriptPath) : "";

    public SortedDictionary<string, string> ExpectedFiles => ReadFiles(Path.Combine(folder, "after"));

    /// <summary>Makes what happened the expectation.</summary>
    public void Accept(string transcript, SortedDictionary<string, string> files)
    {
        File.WriteAllText(TranscriptPath, transcript);
        var after = Path.Combine(folder, "after");
        if (Directory.Exists(after))
        {
            Directory.Delete(after, recursive: true);
        }

        WriteFiles(after, files);
    }

    private string TranscriptPath => Path.Combine(folder, "transcript.txt");

    // A line is a command, or sets up the next ones: "#terminal 80", "#type yes", "#env NAME=value". Other comments are copied.
    private async Task<TestRun> StepAsync(TestRun run, string line)
    {
        _transcript.Add((line.StartsWith("authmap", StringComparison.Ordinal) ? "$ " : "") + line + "\n");
        if (line.StartsWith("#terminal ", StringComparison.Ordinal))
        {
            return run with { IsTerminal = true, Width = int.Parse(line["#terminal ".Length..]) };
        }

        if (line.StartsWith("#type", StringComparison.Ordinal))
        {
            return run with { Typed = line.Length > 5 ? line[6..] + "\n" : "" };
        }

        if (line.StartsWith("#env ", StringComparison.Ordinal))
        {
            var pair = line["#env ".Length..].Split('=', 2);
            return run with { Environment = new Dictionary<string, string>(run.Environment) { [pair[0]] = pair[1] } };
        }

        if (line.StartsWith("authmap", StringComparison.Ordinal))
        {
            var words = ShellWords.Split(line);
            var redirected = words is [.., "<", _];
            var input = redirected ? await File.ReadAllBytesAsync(words[^1]) : [];
            var result = await (run with { In = input }).OfAsync([.. words.Skip(1).SkipLast(redirected ? 2 : 0)]);
            _transcript.Add(Block("stdout", result.Out) + Block("stderr", result.Err) + $"[exit {result.ExitCode}]\n");
        }

        return run;
    }

    private static string Block(string stream, string text) =>
        text.Length == 0 ? "" : $"[{stream}]\n" + Visible(text) + (text.EndsWith('\n') ? "" : "⏎ (no line feed)\n");

    // Control characters would hide in an editor.
    private static string Visible(string text) => Control().Replace(text, match => ((char)(0x2400 + match.Value[0])).ToString());

    // The folder of a file that is edited has another name each time.
    [GeneratedRegex(@"[^ ]*/authmap-edit-[0-9a-f]+/")]
    private static partial Regex Draft();

    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f]")]
    private static partial Regex Control();

    // Latin-1 keeps every byte.
    private static SortedDictionary<string, string> ReadFiles(string directory) => new(
        Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .ToDictionary(path => Path.GetRelativePath(directory, path).Replace('\\', '/'), path => File.ReadAllText(path, Encoding.Latin1))
            : [],
        StringComparer.Ordinal);

    private static void WriteFiles(string directory, SortedDictionary<string, string> files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, Encoding.Latin1);
        }
    }

    private static string FindRepository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "AuthMap.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return directory;
    }
}
