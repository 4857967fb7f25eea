using AuthMap.Documents;
using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class LocateTests
{
    [Theory]
    [InlineData("|\n    ab\n    cd\n", 2, 2, "9:6")]
    [InlineData("|\n    ab\n    cd\n", 1, 1, "8:5")]
    [InlineData("|\r\n    ab\r\n\r\n    cd\r\n", 3, 2, "10:6")]
    [InlineData("|2 # x\n      ab\n    cd\n", 2, 1, "9:5")]
    [InlineData("|\n    ab\n  \n    cd\n", 2, 9, "9:3")]
    [InlineData("|\n    ab\n", 7, 1, "8:5")]
    [InlineData("|\n", 1, 1, "7:13")]
    [InlineData("\"ab\\n\\x63d\"\n", 2, 1, "7:18")]
    [InlineData("\"ab\\n\\x63d\"\n", 2, 2, "7:22")]
    [InlineData("\"ab\\n\\\n   cd\"\n", 2, 2, "8:5")]
    [InlineData("'ab'\n", 1, 2, "7:13")]
    [InlineData(">\n    ab\n", 1, 2, "7:13")]
    [InlineData("\n", 1, 1, "7:12")]
    public void A_place_in_the_text_has_a_place_in_the_file(string value, int line, int column, string place)
    {
        var document = Parse($"{Head}data:\n  mapRoles: {value}".Replace(": \n", ":\n", StringComparison.Ordinal));
        Assert.Equal(place, document.Locate(SectionKey.MapRoles, new(line, column)).ToString());
    }

    [Fact]
    public void A_key_that_is_not_there_stands_where_the_ConfigMap_starts()
    {
        Assert.Equal("3:1", Parse($"# c\n---\n{Head}").Locate(SectionKey.MapUsers, new(1, 1)).ToString());
    }

    // Read anew for each place, the text would take minutes.
    [Fact]
    public void All_places_of_a_long_text_are_found_in_time_linear_in_its_length()
    {
        const int Count = 30_000;
        var lines = string.Concat(Enumerable.Repeat("    - x\n", Count));
        var block = Parse($"{Head}data:\n  mapRoles: |\n{lines}");
        var quoted = Parse($"{Head}data:\n  mapRoles: \"{string.Concat(Enumerable.Repeat("- x\\n", Count))}\"\n");
        for (var line = 1; line <= Count; line++)
        {
            Assert.Equal($"{line + 7}:5", block.Locate(SectionKey.MapRoles, new(line, 1)).ToString());
            Assert.Equal($"7:{(5 * line) + 9}", quoted.Locate(SectionKey.MapRoles, new(line, 1)).ToString());
        }
    }
}
