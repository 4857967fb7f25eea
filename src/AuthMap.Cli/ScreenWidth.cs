using System.Runtime.InteropServices;

namespace AuthMap.Cli;

/// <summary>How wide the screen is.</summary>
internal static class ScreenWidth
{
    private const int Unknown = 80;
    private const int StandardOutput = 1;
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ on Linux

    /// <summary>Columns of the terminal behind standard output.</summary>
    public static int OfStandardOutput()
    {
        // Console.WindowWidth would switch the terminal's keypad mode, visibly for whoever records the output.
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return IoControl(StandardOutput, GetWindowSize, out var size) == 0 && size.Columns > 0 ? size.Columns : Unknown;
            }

            return Console.WindowWidth is > 0 and var width ? width : Unknown;
        }
        catch (Exception exception) when (exception is IOException or DllNotFoundException or EntryPointNotFoundException)
        {
            return Unknown;
        }
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IoControl(int descriptor, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        private readonly ushort _rows;
        private readonly ushort _columns;
        private readonly uint _pixels;

        public int Columns => _columns;
    }
}
