using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AuthMap.Cli;

/// <summary>
/// The terminal, as the system knows it. The framework's own streams set a terminal up for reading keys with the first byte, and
/// write the codes for that (ESC [ ? 1 h), which is seen wherever a session is recorded.
/// </summary>
internal static class Screen
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int UsualWidth = 80;

    /// <summary>What is typed, line by line.</summary>
    public static Stream OpenInput() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardInput() : new KeyboardStream(new SafeFileHandle(StandardInput, ownsHandle: false));

    /// <summary>Standard output, which is a terminal.</summary>
    public static Stream OpenOutput() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : Open(StandardOutput);

    /// <summary>Standard error, which is a terminal.</summary>
    public static Stream OpenError() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardError() : Open(StandardError);

    /// <summary>Columns of the terminal that standard output goes to.</summary>
    public static int Width
    {
        get
        {
            if (OperatingSystem.IsLinux())
            {
                const nuint GetSize = 0x5413; // TIOCGWINSZ
                var size = new ushort[4];
                return ioctl(StandardOutput, GetSize, size) == 0 && size[1] > 0 ? size[1] : UsualWidth;
            }

            try
            {
                return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Drops what was typed into the terminal of standard input, if it is one, and not read yet; not on Windows.</summary>
    public static void ForgetTyped()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = tcflush(StandardInput, OperatingSystem.IsLinux() ? 0 : 1); // TCIFLUSH
        }
    }

    // Good for terminals alone: in a file it would keep a place of its own.
    private static FileStream Open(int descriptor) => new(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

#pragma warning disable IDE1006, SYSLIB1054 // The names are the system's own; an array of numbers needs no generated marshalling.
    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ioctl(int descriptor, nuint request, [Out] ushort[] size);

    [DllImport("libc", EntryPoint = "tcflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcflush(int descriptor, int queue);
#pragma warning restore IDE1006, SYSLIB1054
}
