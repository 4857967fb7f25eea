namespace AuthMap.Cluster.Kubernetes.Credentials;

/// <summary>Finds a program as a shell does: in <c>PATH</c> and nowhere else. (The framework would first look beside this program
/// and in the working directory, where a stranger may have put one.)</summary>
internal static class ExecutableLookup
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's path; null when it is not there.</summary>
    /// <param name="command">A bare name, or an absolute path.</param>
    /// <param name="host">Holds <c>PATH</c> and, on Windows, <c>PATHEXT</c>.</param>
    public static string? Find(string command, HostEnvironment host)
    {
        IEnumerable<string> directories = Path.IsPathRooted(command)
            ? [""]
            : (host["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        string[] extensions = OperatingSystem.IsWindows()
            ? ["", .. (host["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries)]
            : [""];
        return directories
            .SelectMany(directory => extensions.Select(extension => Path.Combine(directory, command + extension)))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        ? Path.HasExtension(path)
        : (File.GetUnixFileMode(path) & AnyExecute) != 0);
}
