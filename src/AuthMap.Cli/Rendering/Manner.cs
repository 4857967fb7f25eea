namespace AuthMap.Cli.Rendering;

internal enum ColorMode
{
    /// <summary>On a terminal, unless NO_COLOR is set.</summary>
    Automatic,

    /// <summary>On a terminal, whatever NO_COLOR says: who types the option means it.</summary>
    On,

    Off,
}

/// <summary>How the program talks.</summary>
/// <param name="Verbosity">eksctl's levels: what a line needs at least to be said.</param>
/// <param name="Color">Whether terminals get colour.</param>
internal sealed record Manner(int Verbosity = Manner.Normal, ColorMode Color = ColorMode.Automatic)
{
    /// <summary>Warnings and errors.</summary>
    public const int Quiet = 2;

    /// <summary>What happens, too.</summary>
    public const int Normal = 3;

    /// <summary>Requests and the technical causes of errors, too.</summary>
    public const int Technical = 4;
}
