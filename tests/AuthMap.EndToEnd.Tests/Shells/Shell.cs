namespace AuthMap.EndToEnd;

/// <summary>Shells that may or may not be installed.</summary>
internal static class Shell
{
    /// <summary>Skips the test where a program is missing; on a build server that is a failure.</summary>
    public static void Need(params IEnumerable<string> programs)
    {
        foreach (var program in programs)
        {
            var folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
            if (OperatingSystem.IsWindows() || !folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                var reason = $"There is no {program} to test the completion script in; tests/envtest/install.sh installs it on Debian.";
                Assert.SkipUnless(Envtest.IsRequired, reason);
                Assert.Fail(reason);
            }
        }
    }
}
