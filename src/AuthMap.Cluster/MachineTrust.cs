using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthMap.Cluster;

/// <summary>
/// The certificate authorities that the machine trusts. On Linux the framework reads all of them, some hundred files, before it
/// checks a certificate against anything, even against a cluster's own authority alone; that takes several times as long as the
/// rest of a request. They are found through the native environment, by the rules of OpenSSL.
/// </summary>
internal static class MachineTrust
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string FolderVariable = "SSL_CERT_DIR";

    // Where distributions keep them; the first that exists counts.
    private static readonly string[] _files =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    private static readonly string[] _folders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    private static volatile bool _isSetAside;

    /// <summary>Whether the framework no longer finds them, so that they are to be read here where they count.</summary>
    public static bool IsSetAside => _isSetAside;

    /// <summary>Spares the framework from reading them, in a process that allows it and where it would. What has been read stays in
    /// use. Child processes are not affected.</summary>
    /// <param name="host">The process.</param>
    public static void SetAside(HostEnvironment host)
    {
        if (host.OwnsProcess && OperatingSystem.IsLinux() && !_isSetAside)
        {
            // A path that cannot exist. The framework's own variables are copies, and OpenSSL does not see them.
            _isSetAside = setenv(FileVariable, "/dev/null/none", 1) == 0 && setenv(FolderVariable, "/dev/null/none", 1) == 0;
        }
    }

    /// <summary>Reads them, as the framework would have: from the file and from the folders.</summary>
    /// <param name="host">The environment that the process was started with.</param>
    public static X509Certificate2Collection Read(HostEnvironment host)
    {
        var authorities = new X509Certificate2Collection();
        var file = host[FileVariable] ?? Array.Find(_files, File.Exists);
        var folders = host[FolderVariable]?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? _folders;

        // Folders hold each certificate under several names, the file's among them.
        HashSet<string> read = new(StringComparer.Ordinal);
        foreach (var path in folders.SelectMany(FilesIn).Prepend(file).OfType<string>())
        {
            try
            {
                if (read.Add(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path))
                {
                    authorities.ImportFromPemFile(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // One that cannot be read is trusted by nobody.
            }
        }

        return authorities;
    }

    private static string[] FilesIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The name is the system's own; the strings are ASCII.
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setenv(string name, string value, int overwrite);
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
