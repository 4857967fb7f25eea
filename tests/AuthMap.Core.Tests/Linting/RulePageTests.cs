using AuthMap.Linting;

namespace AuthMap.Core.Tests.Linting;

public class RulePageTests
{
    [Fact]
    public void The_page_of_documentation_is_that_of_the_catalogue()
    {
        var path = Path.Combine(FindRepository(), "docs", "lint.md");
        if (Environment.GetEnvironmentVariable("AUTHMAP_ACCEPT") == "1")
        {
            File.WriteAllText(path, RulePage.Markdown());
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", RulePage.Markdown());
    }

    private static string FindRepository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "AuthMap.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return directory;
    }
}
