namespace AuthMap.EndToEnd;

public sealed class AuthMapProgramTests : IDisposable
{
    private readonly AuthMapProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task The_program_starts_and_ends()
    {
        var result = await program.RunAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
    }
}
