namespace AuthMap.EndToEnd;

/// <summary>How a process ended and what it wrote.</summary>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>Itself, when the process ended with 0; what it said becomes the message otherwise.</summary>
    public ProcessResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\nstdout:\n{Output}\nstderr:\n{Error}");
        return this;
    }
}
