using System.Text;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>PEM text that stands in the kubeconfig or in a file it names.</summary>
internal sealed record PemSource(byte[]? Data, string Path)
{
    /// <summary>Data when there is any, else the file, else null.</summary>
    public static PemSource? From(byte[]? data, string? path) => (data, path) switch
    {
        (not null, _) => new(data, ""),
        (null, not null) => new(null, path),
        _ => null,
    };

    /// <summary>The text.</summary>
    /// <exception cref="AuthMapException">The file cannot be read.</exception>
    public string Read()
    {
        try
        {
            return Data is not null ? Encoding.UTF8.GetString(Data) : File.ReadAllText(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            var failure = new Failure(FailureKind.Failed, $"cannot read {Path}, which the kubeconfig names: {reason}");
            throw new AuthMapException(failure, e);
        }
    }
}
