using static AuthMap.Core.Tests.Manifests.Manifest;

namespace AuthMap.Core.Tests.Manifests;

public sealed class LiteralValueTests
{
    [Theory]
    [InlineData("|\n    a\n", "a\n", "a\nb\n", "|\n    a\n    b\n")]
    [InlineData("|-\n    a\n", "a", "a\nb", "|-\n    a\n    b\n")]
    [InlineData("|-\n    a\n", "a", "a\nb\n", "|\n    a\n    b\n")]
    [InlineData("|\n    a\n", "a\n", "a\nb", "|-\n    a\n    b\n")]
    [InlineData("|+\n    a\n", "a\n", "a\nb\n", "|+\n    a\n    b\n")]
    [InlineData("|+\n    a\n\n\n", "a\n\n\n", "b\n\n\n", "|+\n    b\n\n\n")]
    [InlineData("|+\n    a\n\n\n", "a\n\n\n", "a\nb\n", "|+\n    a\n    b\n")]
    [InlineData("|+\n    a\n\n\n", "a\n\n\n", "a", "|-\n    a\n")]
    [InlineData("|\n    a\n\n\n", "a\n", "a\nb\n", "|\n    a\n    b\n\n\n")]
    [InlineData("|\n    a\n\n\n", "a\n", "a\n\n", "|+\n    a\n\n")]
    [InlineData("|4\n      a\n", "a\n", "  a\nb\n", "|4\n        a\n      b\n")]
    [InlineData("|2-\n     a\n", " a", " a\nb", "|2-\n     a\n    b\n")]
    [InlineData("|-2\n     a\n", " a", " b\n\n", "|+2\n     b\n\n")]
    [InlineData("|\n    a\n", "a\n", "  a\nb\n", "|2\n      a\n    b\n")]
    [InlineData("|\n    a\n", "a\n", "\na\n", "|2\n\n    a\n")]
    [InlineData("|\n    a\n", "a\n", "\ta\n", "|2\n    \ta\n")]
    [InlineData("|\n\n    a\n", "\na\n", "\na\nb\n", "|\n\n    a\n    b\n")]
    [InlineData("| # the roles\n    a\n", "a\n", "b\n", "| # the roles\n    b\n")]
    [InlineData("|-   # the roles\n    a\n", "a", "b\n", "|   # the roles\n    b\n")]
    [InlineData("|  \n    a  \n  \n      \n    c\n", "a  \n\n  \nc\n", "a  \n\n  \nb\nc\n", "|  \n    a  \n  \n      \n    b\n    c\n")]
    [InlineData("!!str |\n    a\n", "a\n", "b\n", "!!str |\n    b\n")]
    [InlineData("&roles |\n    a\n", "a\n", "b\n", "&roles |\n    b\n")]
    [InlineData("|\n", "", "b\n", "|\n    b\n")]
    [InlineData("|\n   a\n    b\n", "a\n b\n", "a\n b\nc\n", "|\n   a\n    b\n   c\n")]
    [InlineData("|\n            a\n", "a\n", " a\n", "|2\n     a\n")]
    public void I_keep_the_block_and_change_its_lines(string before, string oldValue, string newValue, string after)
    {
        foreach (var tail in new[] { "", "  mapUsers: '[]'\n", "# the end\n", "other: x\n---\n# next\nkind: Secret\n" })
        {
            var text = $"{Head}data:\n  mapRoles: {before}{tail}";
            Assert.Equal(oldValue, Parse(text).Data["mapRoles"]);
            Assert.Equal($"{Head}data:\n  mapRoles: {after}{tail}", Edited(text, "mapRoles", newValue));
            Assert.Empty(With(text, "mapRoles", newValue).Notices);
        }
    }

    [Theory]
    [InlineData("|\n    a", "a", "a\nb", "|\n    a\n    b")]
    [InlineData("|\n    a", "a", "a\nb\n", "|\n    a\n    b\n")]
    [InlineData("|-\n    a", "a", "b\na", "|-\n    b\n    a")]
    [InlineData("|", "", "a\n", "|\n    a\n")]
    public void A_missing_final_line_break_stays_where_the_text_allows_it(string before, string oldValue, string newValue, string after)
    {
        var text = $"{Head}data:\n  mapRoles: {before}";
        Assert.Equal(oldValue, Parse(text).Data["mapRoles"]);
        Assert.Equal($"{Head}data:\n  mapRoles: {after}", Edited(text, "mapRoles", newValue));
    }

    [Theory]
    [InlineData("a\0b\n", "\"a\\u0000b\\n\"")]
    [InlineData("a\r\nb\r\n", "\"a\\r\\nb\\r\\n\"")]
    [InlineData("a\u2028b", "\"a\\u2028b\"")]
    [InlineData("a\u0085b", "\"a\\u0085b\"")]
    [InlineData("\ufeffa", "\"\\ufeffa\"")]
    [InlineData("", "\"\"")]
    [InlineData("\n\n", "\"\\n\\n\"")]
    public void Text_that_no_block_can_hold_becomes_a_quoted_string_and_that_is_said(string value, string after)
    {
        var text = $"{Head}data:\n  mapRoles: | # roles\n    a\n\n  # users\n  mapUsers: |\n    []\n";
        Assert.Equal($"{Head}data:\n  mapRoles: {after} # roles\n\n  # users\n  mapUsers: |\n    []\n", Edited(text, "mapRoles", value));
        Assert.Equal(
            "mapRoles is now a double-quoted string: its old form cannot hold the new text",
            Assert.Single(With(text, "mapRoles", value).Notices).Text);
    }

    [Fact]
    public void Line_breaks_of_the_file_are_kept_and_written()
    {
        var text = $"{Head}data:\n  mapRoles: |\n    a\n\n    c\nother: x\n".ReplaceLineEndings("\r\n");
        Assert.Equal("a\n\nc\n", Parse(text).Data["mapRoles"]);
        Assert.Equal(
            $"{Head}data:\n  mapRoles: |\n    a\n\n    b\n    c\n    d\nother: x\n".ReplaceLineEndings("\r\n"),
            Edited(text, "mapRoles", "a\n\nb\nc\nd\n"));
    }

    [Fact]
    public void Mixed_line_breaks_stay_as_mixed_as_they_are()
    {
        var text = $"{Head}data:\n  mapRoles: |\n    a\r\n    b\n    c\r\n";
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    a\r\n    x\n    c\r\n", Edited(text, "mapRoles", "a\nx\nc\n"));
    }

    [Fact]
    public void A_byte_order_mark_stays()
    {
        Assert.Equal($"\ufeff{Head}data:\n  mapRoles: |\n    b\n", Edited($"\ufeff{Head}data:\n  mapRoles: |\n    a\n", "mapRoles", "b\n"));
    }

    [Fact]
    public void A_kept_line_between_two_changes_keeps_its_odd_blanks()
    {
        var text = $"{Head}data:\n  mapRoles: |\n    a\n    x\n \n    b\n   \n    y\n    c\n";
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    a\n \n    b\n   \n    c\n", Edited(text, "mapRoles", "a\n\nb\n\nc\n"));
    }

    [Fact]
    public void A_comment_right_below_the_block_does_not_become_part_of_it()
    {
        var text = $"{Head}data:\n  mapRoles: |\n    a\n   # not in it\n  # nor this\n";
        Assert.Equal("a\n", Parse(text).Data["mapRoles"]);
        Assert.Equal($"{Head}data:\n  mapRoles: |\n    a\n    b\n   # not in it\n  # nor this\n", Edited(text, "mapRoles", "a\nb\n"));
    }
}
