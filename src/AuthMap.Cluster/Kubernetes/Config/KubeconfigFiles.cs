using System.Text;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>Finds and reads the kubeconfig files that kubectl would read.</summary>
internal static class KubeconfigFiles
{
    /// <summary>Reads the files.</summary>
    /// <param name="explicitPath">The one file to read; it must exist. Null: those of <c>KUBECONFIG</c>, else
    /// <c>~/.kube/config</c>; missing files are skipped.</param>
    /// <param name="host">Where to look.</param>
    /// <returns>The merged configuration and the files it came from; no files when there are none.</returns>
    /// <exception cref="AuthMapException">A file is not there (<see cref="FailureKind.Usage"/>) or cannot be read.</exception>
    public static (Kubeconfig Config, IReadOnlyList<string> Files) Read(string? explicitPath, HostEnvironment host)
    {
        var files = new List<string>();
        var configs = new List<Kubeconfig>();
        foreach (var path in Paths(explicitPath, host))
        {
            if (Text(path) is { } text)
            {
                files.Add(path);
                configs.Add(KubeconfigReader.Read(path, text));
            }
            else if (explicitPath is not null)
            {
                throw new AuthMapException(FailureKind.Usage, $"there is no kubeconfig {path}");
            }
        }

        return (Kubeconfig.Merge(configs), files);
    }

    /// <summary>Where <see cref="Read"/> looks; without a home directory perhaps nowhere. Never in the working directory, unless
    /// told so: a kubeconfig names programs to run.</summary>
    public static IReadOnlyList<string> Paths(string? explicitPath, HostEnvironment host)
    {
        if (explicitPath is not null)
        {
            return [Path.GetFullPath(explicitPath, host.WorkingDirectory)];
        }

        if (host["KUBECONFIG"] is { } list)
        {
            return [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path.GetFullPath(path, host.WorkingDirectory)).Distinct()];
        }

        return Path.IsPathFullyQualified(host.HomeDirectory) ? [Path.Combine(host.HomeDirectory, ".kube", "config")] : [];
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a directory" : e.Message;
            throw new AuthMapException(new Failure(FailureKind.Failed, $"cannot read the kubeconfig {path}: {reason}"), e);
        }
    }
}
