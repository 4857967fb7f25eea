using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Cluster.Manifests;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>The files of a way back, for the case that this program is killed: a kubeconfig, and the patch that undoes the change.
/// They lie in the user's <see cref="LockFolder"/>, which is nobody else's, for the first holds a token.</summary>
internal sealed class WayBackFiles
{
    // A person may have to read them, and aws-auth is full of what the other encoder escapes.
    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(2);

    private readonly string _folder;
    private readonly string _name;

    private WayBackFiles(string folder, string name) => (_folder, _name) = (folder, name);

    /// <summary>The kubeconfig's path.</summary>
    public string Kubeconfig => Path.Combine(_folder, $"{_name}.kubeconfig");

    private string Patch => Path.Combine(_folder, $"{_name}.patch.json");

    /// <summary>Finds the place for them.</summary>
    /// <exception cref="AuthMapException">There is none that is the user's alone.</exception>
    public static WayBackFiles Of(string name, HostEnvironment host) => LockFolder.Open(host) is { } folder
        ? new(folder, name)
        : throw new AuthMapException(
            FailureKind.Unconfirmed, "there is no folder that is yours alone for it", "see XDG_RUNTIME_DIR, or the folder for temporary files");

    /// <summary>Removes the files of runs that were killed long ago.</summary>
    public static void RemoveOld(HostEnvironment host, TimeProvider clock)
    {
        if (LockFolder.Open(host) is not { } folder)
        {
            return;
        }

        var oldest = (clock.GetUtcNow() - LongestUse).UtcDateTime;
        foreach (var path in Directory.EnumerateFiles(folder, $"{WayBackObjects.Prefix}*").Where(path => File.GetLastWriteTimeUtc(path) < oldest))
        {
            TryRemove(path);
        }
    }

    /// <summary>Writes the kubeconfig; as JSON, which is YAML, too.</summary>
    /// <exception cref="AuthMapException">It cannot be written.</exception>
    public void WriteKubeconfig(ApiServer server, string token) => Write(Kubeconfig, json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "Config");
        json.WriteString("current-context", "way-back");
        WriteNamed(json, "clusters", "cluster", () =>
        {
            json.WriteString("server", server.Address.AbsoluteUri.TrimEnd('/'));
            if (server.Trust.Skips)
            {
                json.WriteBoolean("insecure-skip-tls-verify", true);
            }
            else if (server.Trust.AuthorityPem is { } pem)
            {
                json.WriteBase64String("certificate-authority-data", Encoding.UTF8.GetBytes(pem));
            }

            Optional("tls-server-name", server.Trust.ServerName);
            Optional("proxy-url", server.Proxy?.OriginalString);
        });
        WriteNamed(json, "users", "user", () => json.WriteString("token", token));
        WriteNamed(json, "contexts", "context", () =>
        {
            json.WriteString("cluster", "way-back");
            json.WriteString("user", "way-back");
            json.WriteString("namespace", "kube-system");
        });

        void Optional(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    });

    /// <summary>Writes the patch.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="AuthMapException">It cannot be written.</exception>
    public string WritePatch(IReadOnlyDictionary<string, string?> texts)
    {
        Write(Patch, json =>
        {
            json.WriteStartObject("data");
            foreach (var (key, text) in texts)
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        });
        return Patch;
    }

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<string> There => [.. new[] { Kubeconfig, Patch }.Where(File.Exists)];

    /// <summary>Removes them.</summary>
    /// <returns>Those that are left.</returns>
    public IReadOnlyList<string> Remove() => [.. There.Where(path => !TryRemove(path))];

    private static void WriteNamed(Utf8JsonWriter json, string list, string what, Action write)
    {
        json.WriteStartArray(list);
        json.WriteStartObject();
        json.WriteString("name", "way-back");
        json.WriteStartObject(what);
        write();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(string path, Action<Utf8JsonWriter> write)
    {
        try
        {
            PrivateFile.Write(
                path,
                file =>
                {
                    using var json = new Utf8JsonWriter(file, _readable);
                    json.WriteStartObject();
                    write(json);
                    json.WriteEndObject();
                },
                overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthMapException(new Failure(FailureKind.Unconfirmed, $"{path} cannot be written: {AtomicFile.Reason(e)}"), e);
        }
    }

    private static bool TryRemove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
