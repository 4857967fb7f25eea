using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>How a user proves who it is in a kubeconfig.</summary>
public enum Credential
{
    Certificate,
    Token,
}

/// <summary>The text of a kubeconfig: one cluster, and a context for each user, named after it.</summary>
internal static class Kubeconfig
{
    public static string Write(Uri server, CertificateAuthority authority, Credential credential, IReadOnlyList<ApiUser> users)
    {
        var text = new StringBuilder();
        text.Append($"""
            apiVersion: v1
            kind: Config
            current-context: {users[0].Name}
            clusters:
            - name: envtest
              cluster:
                server: {server.AbsoluteUri.TrimEnd('/')}
                certificate-authority-data: {Base64(authority.CertificatePem)}
            contexts:

            """);
        foreach (var user in users)
        {
            text.Append($"""
                - name: {user.Name}
                  context:
                    cluster: envtest
                    user: {user.Name}

                """);
        }

        text.Append("users:\n");
        foreach (var user in users)
        {
            text.Append($"""
                - name: {user.Name}
                  user:
                    {(credential == Credential.Token
                        ? $"token: {user.Token}"
                        : $"client-certificate-data: {Base64(user.CertificatePem)}\n    client-key-data: {Base64(user.KeyPem)}")}

                """);
        }

        return text.ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
