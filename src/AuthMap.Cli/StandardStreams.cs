using System.Runtime.InteropServices;
using System.Text;

namespace AuthMap.Cli;

/// <summary>Standard streams that the caller has closed (<c>&gt;&amp;-</c>).</summary>
internal static class StandardStreams
{
    private const int GetFlags = 1; // F_GETFD
    private const int ReadOnly = 0; // O_RDONLY
    private const int WriteOnly = 1; // O_WRONLY

    /// <summary>
    /// Opens those that are closed on the null device, lest the next file that is opened take their place. Complaints go nowhere
    /// then, and an answer cannot be written, which is a failure. A closed input may already be some file of the runtime's: it
    /// starts before this does.
    /// </summary>
    public static void Ensure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Each takes the lowest number that is free, hence in this order.
        var device = Encoding.UTF8.GetBytes("/dev/null\0");
        foreach (var (descriptor, mode) in new[] { (0, ReadOnly), (1, ReadOnly), (2, WriteOnly) })
        {
            if (fcntl(descriptor, GetFlags) < 0)
            {
                _ = open(device, mode);
            }
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names are the system's own; byte arrays need no generated marshalling.
    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);
#pragma warning restore IDE1006, SYSLIB1054
}
