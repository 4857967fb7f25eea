namespace AuthMap.Cli.Tests.Golden;

// The scenarios share the process's working directory.
[CollectionDefinition(nameof(GoldenTests), DisableParallelization = true)]
[Collection(nameof(GoldenTests))]
public sealed class GoldenTests
{
    public static TheoryData<string> Scenarios() =>
        new(Directory.EnumerateFiles(Scenario.Root, "cmd", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Scenario.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_program_does_and_says_what_the_scenario_shows(string name)
    {
        var scenario = new Scenario(Path.Combine(Scenario.Root, name));

        var (transcript, files) = await scenario.RunAsync();

        if (Environment.GetEnvironmentVariable("AUTHMAP_ACCEPT") == "1")
        {
            scenario.Accept(transcript, files);
        }

        Assert.Equal(scenario.ExpectedTranscript, transcript);
        Assert.Equal(scenario.ExpectedFiles, files);
    }
}
