namespace AuthMap.EndToEnd;

/// <summary>A home with the program on its PATH, names to complete and a script for each shell. Each start of the program by a shell
/// is written down.</summary>
public sealed class CompletionHome : IDisposable
{
    private readonly AuthMapProgram program = new();

    private CompletionHome()
    {
    }

    public string Folder => program.Home;

    /// <summary>What the shell finds in its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>How often a shell has started the program.</summary>
    public int Starts => File.Exists(StartsPath) ? File.ReadAllLines(StartsPath).Length : 0;

    private string StartsPath => Path.Combine(Folder, "starts");

    public static async Task<CompletionHome> CreateAsync(string shell)
    {
        var home = new CompletionHome();
        var script = (await home.program.RunAsync("completion", shell)).Succeeded();
        home.Write($"authmap.{shell}", script.Output);
        home.Write("bin/authmap", $"""
            #!/bin/sh
            echo start >> "$HOME/starts"
            exec {string.Join(' ', AuthMapProgram.Command.Select(ShellWord.Of))} "$@"

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(home.Folder, "bin/authmap"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        home.Write("kc", """
            apiVersion: v1
            kind: Config
            contexts:
            - { name: "arn:aws:eks:eu-west-1:111122223333:cluster/dev", context: { cluster: c, user: u } }
            - { name: "my team: prod $5", context: { cluster: c, user: u } }
            - { name: "it's", context: { cluster: c, user: u } }
            - { name: "evil\u001b[31m", context: { cluster: c, user: u } }
            """);
        home.Write(".aws/config", """
            [default]
            region = eu-new-9
            [profile ops]
            region = eu-west-1
            [profile my ops]
            """);
        home.Write("my map.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: aws-auth, namespace: kube-system }
            data:
              mapRoles: |
                - rolearn: arn:aws:iam::111122223333:role/k8sDev
                  username: dev-user
                - rolearn: arn:aws:iam::111122223333:role/k8sAdmin
                  username: admin
              mapUsers: |
                - userarn: arn:aws:iam::111122223333:user/bob@example.com
                  username: bob
            """);
        foreach (var name in new[] { "PATH", "DOTNET_ROOT", "TMPDIR" })
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
            {
                home.Environment[name] = value;
            }
        }

        home.Environment["PATH"] = $"{home.Folder}/bin:{home.Environment["PATH"]}";
        home.Environment["HOME"] = home.Folder;
        home.Environment["ZDOTDIR"] = home.Folder;
        home.Environment["TERM"] = "xterm";
        home.Environment["LANG"] = "C.UTF-8";
        return home;
    }

    public bool Has(string file) => File.Exists(Path.Combine(Folder, file));

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => program.Dispose();
}
