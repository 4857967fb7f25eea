using System.Runtime.InteropServices;

namespace AuthMap.Cli;

/// <summary>What the system knows about the terminal.</summary>
internal static class Screen
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int UsualWidth = 80;

    /// <summary>Columns of the terminal that standard output goes to.</summary>
    public static int Width
    {
        get
        {
            if (OperatingSystem.IsLinux())
            {
                // The framework would set the terminal up for reading keys first, which shows in what a terminal records.
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

    /// <summary>Drops what was typed into the terminal of standard input and not read yet; not on Windows.</summary>
    public static void ForgetTyped()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = tcflush(StandardInput, OperatingSystem.IsLinux() ? 0 : 1); // TCIFLUSH
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names are the system's own; an array of numbers needs no generated marshalling.
    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ioctl(int descriptor, nuint request, [Out] ushort[] size);

    [DllImport("libc", EntryPoint = "tcflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcflush(int descriptor, int queue);
#pragma warning restore IDE1006, SYSLIB1054
}
