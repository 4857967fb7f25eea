using AuthMap.Cli.Rendering;

namespace AuthMap.Cli.Commands;

/// <summary>What was asked for on the command line, checked as far as that goes without contacting anything.</summary>
/// <param name="Manner">How to talk.</param>
internal abstract record Request(Manner Manner)
{
    /// <summary>What is to be said about how it was asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Does it.</summary>
    /// <exception cref="AuthMapException">It could not be done.</exception>
    public abstract Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken);
}
