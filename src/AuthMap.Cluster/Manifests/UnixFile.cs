using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cluster.Manifests;

/// <summary>What the framework does not offer: users, the owner of a file, the flush of a folder, and locks that one waits for.</summary>
internal static class UnixFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint OwnerAndType = 0x1 | 0x8 | 0x10; // STATX_TYPE, STATX_UID, STATX_GID
    private const int TypeMask = 0xf000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const uint Unchanged = uint.MaxValue;
    private const int Exclusive = 2; // LOCK_EX
    private const int AtOnce = 4; // LOCK_NB
    private const int Interrupted = 4; // EINTR

    /// <summary>The id of the user that this process acts as.</summary>
    [UnsupportedOSPlatform("windows")]
    public static uint CurrentUser => geteuid();

    /// <summary>Owner and kind of a file.</summary>
    /// <param name="User">The user's id.</param>
    /// <param name="Group">The group's id.</param>
    /// <param name="IsRegular">Whether it is a plain file, not a pipe or a device.</param>
    internal sealed record Status(uint User, uint Group, bool IsRegular);

    /// <summary>Looks at a file; null where that is not possible. Linux only: its structure is the same on every processor.</summary>
    public static Status? StatusOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var buffer = new byte[256];
            return statx(CurrentFolder, Native(path), 0, OwnerAndType, buffer) == 0
                ? new(
                    BitConverter.ToUInt32(buffer, 20),
                    BitConverter.ToUInt32(buffer, 24),
                    (BitConverter.ToUInt16(buffer, 28) & TypeMask) == Regular)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives a file the owner of another one, as far as this user may.</summary>
    public static void CopyOwner(string from, string to)
    {
        if (StatusOf(from) is { } wanted && StatusOf(to) is { } have && (wanted.User, wanted.Group) != (have.User, have.Group))
        {
            // Only root gives files away; the group may be one of the user's own.
            _ = chown(Native(to), wanted.User, wanted.Group) == 0 || chown(Native(to), Unchanged, wanted.Group) == 0;
        }
    }

    /// <summary>Makes a rename in a folder last; some file systems cannot, which costs nothing but that.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void FlushFolder(string path)
    {
        var descriptor = open(Native(path), 0);
        if (descriptor >= 0)
        {
            _ = fsync(descriptor);
            _ = close(descriptor);
        }
    }

    /// <summary>Opens a file to lock it; a program that is started meanwhile does not inherit it. Null where that is not possible.</summary>
    [UnsupportedOSPlatform("windows")]
    public static SafeFileHandle? OpenToLock(string path)
    {
        // O_CLOEXEC, and O_NONBLOCK, since a pipe in its place would wait for a writer.
        var flags = OperatingSystem.IsLinux() ? 0x80000 | 0x800 : 0x1000000 | 0x4;
        var descriptor = open(Native(path), flags);
        return descriptor < 0 ? null : new(descriptor, ownsHandle: true);
    }

    /// <summary>Locks a file, until it is closed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wait">Whether to wait for others, for however long.</param>
    /// <returns>Whether it is locked.</returns>
    [UnsupportedOSPlatform("windows")]
    public static bool Lock(SafeFileHandle file, bool wait)
    {
        int result;
        do
        {
            result = flock(file, wait ? Exclusive : Exclusive | AtOnce);
        }
        while (result != 0 && wait && Marshal.GetLastPInvokeError() == Interrupted);
        return result == 0;
    }

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + '\0');

#pragma warning disable IDE1006, SYSLIB1054 // The names are the system's own; byte arrays need no generated marshalling.
    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chown(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] buffer);
#pragma warning restore IDE1006, SYSLIB1054
}
