using System.ComponentModel;
using System.Diagnostics;
using AuthMap.Cluster;

namespace AuthMap.Cli.Editing;

/// <summary>The person's editor. A shell runs it, so that it may have arguments and quotes, as with git and kubectl.</summary>
internal sealed class EditorProgram
{
    private const int NotExecutable = 126; // what a shell says
    private const int NotFound = 127;

    private static readonly string[] _variables = ["KUBE_EDITOR", "VISUAL", "EDITOR"];

    private readonly HostEnvironment _host;
    private readonly Terminal _terminal;
    private readonly string _command;

    private EditorProgram(HostEnvironment host, Terminal terminal, string command) => (_host, _terminal, _command) = (host, terminal, command);

    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>: there is none, and nobody who could use the usual one.</exception>
    public static EditorProgram Find(HostEnvironment host, Terminal terminal)
    {
        var named = _variables.Select(name => host[name]).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        if (named is null && !terminal.InIsTerminal)
        {
            throw new AuthMapException(
                FailureKind.Failed,
                "there is no editor to open: standard input is no terminal, and neither KUBE_EDITOR nor VISUAL nor EDITOR names one",
                "scripts change the map with create, delete and apply");
        }

        return new(host, terminal, named ?? (OperatingSystem.IsWindows() ? "notepad" : "vi"));
    }

    /// <summary>Its name for people.</summary>
    public string Name => _command;

    /// <summary>Opens a file, and waits until the editor has ended. Meanwhile Ctrl-C is the editor's.</summary>
    /// <exception cref="AuthMapException">It could not be started, or says that it failed.</exception>
    /// <exception cref="OperationCanceledException">This program was told to stop; the editor was not.</exception>
    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        _terminal.IsLent = true;
        try
        {
            using var process = Start(path);
            await process.WaitForExitAsync(cancellationToken);
            Check(process.ExitCode);
        }
        finally
        {
            _terminal.IsLent = false;
        }
    }

    private Process Start(string path)
    {
        var process = new Process { StartInfo = OperatingSystem.IsWindows() ? OnWindows(path) : OnUnix(path) };
        process.StartInfo.WorkingDirectory = _host.WorkingDirectory;
        process.StartInfo.Environment.Clear();
        foreach (var (name, value) in _host.Variables)
        {
            process.StartInfo.Environment[name] = value;
        }

        try
        {
            process.Start();
            return process;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            process.Dispose();
            throw new AuthMapException(
                new Failure(FailureKind.Failed, $"the editor {_command} cannot be started: {exception.Message.ReplaceLineEndings(" ")}"), exception);
        }
    }

    // Standard output is for the answer; where it goes elsewhere, the editor gets standard error, which may be the terminal.
    private string Redirection => _terminal.OutIsTerminal ? "" : " 1>&2";

    private ProcessStartInfo OnUnix(string path)
    {
        // A program may lie in a folder with blanks in its name. Ctrl-C reaches the shell, too, which then has to wait as this does;
        // what is trapped, unlike what is ignored, is as usual for the editor.
        var command = File.Exists(_command) ? ShellWord.Of(_command) : _command;
        return new("/bin/sh", ["-c", $"trap : INT; {command} \"$@\"{Redirection}", _command, path]);
    }

    private ProcessStartInfo OnWindows(string path)
    {
        var command = File.Exists(_command) ? $"\"{_command}\"" : _command;
        return new("cmd.exe", $"/d /s /c \"{command} \"{path}\"{Redirection}\"");
    }

    private void Check(int exitCode)
    {
        if (exitCode != 0)
        {
            throw new AuthMapException(
                FailureKind.Failed,
                exitCode switch
                {
                    NotFound => $"the editor {_command} was not found",
                    NotExecutable => $"the editor {_command} cannot be run",
                    _ => $"the editor {_command} ended with exit code {exitCode}",
                },
                exitCode is NotFound or NotExecutable ? "EDITOR names the editor to use" : null);
        }
    }
}
