namespace AuthMap.EndToEnd;

/// <summary>The ways to prove who one is that a kubeconfig knows, on a server that checks.</summary>
public sealed class CredentialTests(ApiServer server) : ProgramTest(server)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Server.AwsAuth.PutAsync(mapRoles: Maps.Nodes);
    }

    [Fact]
    public async Task A_credential_plugin_runs_once_with_its_arguments_intact()
    {
        var runs = Path.Combine(Program.Home, "runs");
        await WriteFileAsync("plugin", $$$"""
            #!/bin/sh
            printf '[%s]' "$@" "$STAGE" >> '{{{runs}}}'
            echo >> '{{{runs}}}'
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{{Server.Editor.Token}}}"}}'

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(Program.Home, "plugin"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // A relative command is relative to the directory of the kubeconfig.
        var kubeconfig = await WriteKubeconfigAsync("""
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: ./plugin
              args: ["--cluster", "my cluster", "", "a\"b'c $HOME *"]
              env: [{ name: STAGE, value: two words }]
              interactiveMode: IfAvailable
            """);

        (await RunWithAsync(kubeconfig, "create", Maps.CreateDev)).Succeeded();

        Assert.Equal("[--cluster][my cluster][][a\"b'c $HOME *][two words]\n", await File.ReadAllTextAsync(runs, Cancellation));
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task A_credential_plugin_that_fails_is_told_with_its_words()
    {
        var kubeconfig = await WriteKubeconfigAsync("""
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              command: sh
              args: ["-c", "echo 'please log in' >&2; exit 9"]
            """);

        var result = await RunWithAsync(kubeconfig, "get");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("please log in\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("failed with exit code 9\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_is_read()
    {
        await WriteFileAsync("token", Server.Editor.Token + "\n");
        var kubeconfig = await WriteKubeconfigAsync("tokenFile: token");

        (await RunWithAsync(kubeconfig, "create", Maps.CreateDev)).Succeeded();

        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Fact]
    public async Task Certificate_and_key_are_read_from_files()
    {
        await WriteFileAsync("editor.crt", Server.Editor.CertificatePem);
        await WriteFileAsync("editor.key", Server.Editor.KeyPem);
        var kubeconfig = await WriteKubeconfigAsync("client-certificate: editor.crt\nclient-key: editor.key");

        (await RunWithAsync(kubeconfig, "create", Maps.CreateDev)).Succeeded();

        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    [Theory]
    [InlineData(Credential.Certificate)]
    [InlineData(Credential.Token)]
    public async Task The_administrator_may_act_as_somebody_else(Credential credential)
    {
        var editor = await WriteKubeconfigAsync($"{Proof(credential)}\nas: editor");
        (await RunWithAsync(editor, "create", Maps.CreateDev)).Succeeded();
        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));

        var nobody = await WriteKubeconfigAsync($"{Proof(credential)}\nas: nobody\nas-groups: [\"some group\"]");
        var refused = await RunWithAsync(nobody, "get");

        Assert.Equal(7, refused.ExitCode);
        Assert.Contains("User \"nobody\" cannot get", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Impersonated_groups_count()
    {
        var kubeconfig = await WriteKubeconfigAsync($"""
            {Proof(Credential.Certificate)}
            as: nobody
            as-groups: [some group, "system:masters"]
            """);

        (await RunWithAsync(kubeconfig, "create", Maps.CreateDev)).Succeeded();

        Assert.Equal(Maps.Nodes + Maps.DevEntry, await Server.AwsAuth.GetTextAsync("mapRoles"));
    }

    private string Proof(Credential credential)
    {
        if (credential == Credential.Token)
        {
            return $"token: {Server.Admin.Token}";
        }

        File.WriteAllText(Path.Combine(Program.Home, "admin.crt"), Server.Admin.CertificatePem);
        File.WriteAllText(Path.Combine(Program.Home, "admin.key"), Server.Admin.KeyPem);
        return "client-certificate: admin.crt\nclient-key: admin.key";
    }
}
