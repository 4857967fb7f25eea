using YamlDotNet.Core;

namespace AuthMap.Cluster.Kubernetes.Config;

/// <summary>Reads the text of one kubeconfig file. Unknown keys are ignored; a known one that is malformed is an error with its
/// line.</summary>
internal sealed class KubeconfigReader
{
    private readonly string _path;
    private readonly string _directory;

    private KubeconfigReader(string path)
    {
        _path = path;
        _directory = Path.GetDirectoryName(path) ?? path;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="path">The file's absolute path: for messages, and where relative paths in it start from.</param>
    /// <param name="text">What it holds, as YAML or JSON.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Failed"/>, naming the file and the line.</exception>
    public static Kubeconfig Read(string path, string text)
    {
        var reader = new KubeconfigReader(path);
        try
        {
            return reader.ReadFile(YamlTree.Read(text));
        }
        catch (YamlException e)
        {
            throw reader.Wrong(e.Start, e.Message);
        }
    }

    private Kubeconfig ReadFile(YamlTree? tree)
    {
        if (tree is null or YamlText { IsNull: true })
        {
            return Kubeconfig.Merge([]);
        }

        var root = tree as YamlMap ?? throw Wrong(tree.Start, "this is not a kubeconfig");
        return new(
            Text(root, "current-context"),
            Named(root, "contexts", "context", map => new KubeContext(Text(map, "cluster") ?? "", Text(map, "user") ?? "")),
            Named(root, "clusters", "cluster", Cluster),
            Named(root, "users", "user", User));
    }

    private KubeCluster Cluster(YamlMap map) => new()
    {
        Server = Text(map, "server") ?? "",
        CertificateAuthorityData = Base64(map, "certificate-authority-data"),
        CertificateAuthority = PathOf(map, "certificate-authority"),
        InsecureSkipTlsVerify = Flag(map, "insecure-skip-tls-verify"),
        TlsServerName = Text(map, "tls-server-name"),
        ProxyUrl = Text(map, "proxy-url"),
        DisableCompression = Flag(map, "disable-compression"),
        ExecExtension = Items(map, "extensions").Select(Map)
            .FirstOrDefault(item => Text(item, "name") == "client.authentication.k8s.io/exec")?["extension"]?.ToJson(),
    };

    private KubeUser User(YamlMap map) => new()
    {
        ClientCertificateData = Base64(map, "client-certificate-data"),
        ClientCertificate = PathOf(map, "client-certificate"),
        ClientKeyData = Base64(map, "client-key-data"),
        ClientKey = PathOf(map, "client-key"),
        Token = Text(map, "token"),
        TokenFile = PathOf(map, "tokenFile"),
        Username = Text(map, "username"),
        Password = Text(map, "password"),
        Exec = map["exec"] is { } exec ? Exec(Map(exec)) : null,
        AuthProvider = map["auth-provider"] is { } provider ? Text(Map(provider), "name") : null,
        Impersonate = Impersonate(map),
    };

    private Impersonation? Impersonate(YamlMap map)
    {
        var result = new Impersonation(
            Text(map, "as"),
            Text(map, "as-uid"),
            Texts(map, "as-groups"),
            [.. (map["as-user-extra"] is { } extra ? Map(extra).Pairs : [])
                .Select(pair => KeyValuePair.Create(pair.Key, Texts(Map(map["as-user-extra"]!), pair.Key)))]);
        if (result is { User: null, Uid: null, Groups: [], Extra: [] })
        {
            return null;
        }

        return result.User is not null
            ? result
            : throw Wrong(map.Start, "as-groups, as-uid and as-user-extra need as, the user to act as");
    }

    private ExecConfig Exec(YamlMap map)
    {
        var command = Text(map, "command") ?? throw Wrong(map.Start, "exec needs a command");

        // As kubectl: a bare name is looked up in PATH, a path is relative to the file.
        if (command.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            command = Path.GetFullPath(command, _directory);
        }

        return new(
            command,
            Texts(map, "args"),
            [.. Items(map, "env").Select(Map)
                .Select(pair => KeyValuePair.Create(Text(pair, "name") ?? "", Text(pair, "value") ?? ""))],
            Text(map, "apiVersion") ?? throw Wrong(map.Start, "exec needs an apiVersion"),
            Text(map, "installHint"),
            Flag(map, "provideClusterInfo"),
            Text(map, "interactiveMode"));
    }

    private Dictionary<string, T> Named<T>(YamlMap root, string list, string member, Func<YamlMap, T> read)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in Items(root, list).Select(Map))
        {
            var name = Text(item, "name") ?? "";
            var value = item[member] is { } tree ? Map(tree) : new YamlMap(item.Start);
            if (!named.TryAdd(name, read(value)))
            {
                throw Wrong(item.Start, $"{list} has two entries named \"{name}\"");
            }
        }

        return named;
    }

    private string? Text(YamlMap map, string key) => map[key] switch
    {
        null => null,
        YamlText { Value.Length: 0 } => null,
        YamlText text => Clean(text, key),
        var other => throw Wrong(other.Start, $"{key} should be a text"),
    };

    private string? PathOf(YamlMap map, string key) =>
        Text(map, key) is { } path ? Path.GetFullPath(path, _directory) : null;

    private byte[]? Base64(YamlMap map, string key)
    {
        try
        {
            return Text(map, key) is { } text ? Convert.FromBase64String(text) : null;
        }
        catch (FormatException)
        {
            throw Wrong(map[key]!.Start, $"{key} is not base64");
        }
    }

    private bool Flag(YamlMap map, string key) => map[key] switch
    {
        null => false,
        YamlText { Boolean: { } flag } => flag,
        var other => throw Wrong(other.Start, $"{key} should be true or false"),
    };

    private IReadOnlyList<string> Texts(YamlMap map, string key) =>
        [.. Items(map, key).Select(item =>
            item is YamlText text ? Clean(text, key) : throw Wrong(item.Start, $"{key} should be a list of texts"))];

    // Neither paths nor arguments nor variables of a process can hold it.
    private string Clean(YamlText text, string key) =>
        text.Value.Contains('\0') ? throw Wrong(text.Start, $"{key} holds a NUL character") : text.Value;

    private IReadOnlyList<YamlTree> Items(YamlMap map, string key) => map[key] switch
    {
        null => [],
        YamlList list => list.Items,
        var other => throw Wrong(other.Start, $"{key} should be a list"),
    };

    private YamlMap Map(YamlTree tree) => tree as YamlMap ?? throw Wrong(tree.Start, "a mapping was expected here");

    private AuthMapException Wrong(Mark at, string message) =>
        new(FailureKind.Failed, $"{_path}:{at.Line}:{at.Column}: {message}", "check with: kubectl config view");
}
