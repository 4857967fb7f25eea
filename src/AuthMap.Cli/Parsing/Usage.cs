using System.Diagnostics.CodeAnalysis;

namespace AuthMap.Cli.Parsing;

/// <summary>Failures of the command line itself.</summary>
internal static class Usage
{
    public static AuthMapException Error(string message, string? hint = null) => new(FailureKind.Usage, message, hint);

    /// <exception cref="AuthMapException">The condition holds.</exception>
    public static void Forbid([DoesNotReturnIf(true)] bool condition, string message, string? hint = null)
    {
        if (condition)
        {
            throw Error(message, hint);
        }
    }
}
