using System.Diagnostics;

namespace AuthMap.Cli;

/// <summary>How the program ends; the numbers are part of its interface.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    Differences = 3,
    NotFound = 4,
    Conflict = 5,
    Refused = 6,
    Unauthorized = 7,
    Unreachable = 8,
    Interrupted = 130,
}

internal static class ExitCodes
{
    /// <summary>The one place where what went wrong becomes a number.</summary>
    public static ExitCode For(Exception exception) => exception switch
    {
        OperationCanceledException => ExitCode.Interrupted,
        AuthMapException { Failure.Kind: var kind } => kind switch
        {
            FailureKind.Failed => ExitCode.Failed,
            FailureKind.Usage => ExitCode.Usage,
            FailureKind.NotFound => ExitCode.NotFound,
            FailureKind.Conflict => ExitCode.Conflict,
            FailureKind.Refused or FailureKind.Unconfirmed => ExitCode.Refused,
            FailureKind.Unauthorized => ExitCode.Unauthorized,
            FailureKind.Unreachable => ExitCode.Unreachable,
            _ => throw new UnreachableException(),
        },
        _ => ExitCode.Failed,
    };
}
