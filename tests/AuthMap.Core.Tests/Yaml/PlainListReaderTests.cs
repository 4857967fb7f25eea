using AuthMap.Core.Tests.Documents;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Yaml;
using CsCheck;

namespace AuthMap.Core.Tests.Yaml;

/// <summary>Where the quick reader does not give up, it gives what the parser gives.</summary>
public sealed class PlainListReaderTests
{
    internal static readonly Gen<string> Line = Pick.From(
        "- rolearn: arn:aws:iam::111122223333:role/dev", "- groups:", "-   rolearn:   a  ", "  username: dev # why", "  username: system:node:{{EC2PrivateDNSName}}",
        "  groups:", "  groups: [a, b]", "  - view", "    - \"a b\" # c", "    - 'x'", "  - it''s", "  - 'it''s'", "  -", "-", "- a", "  - a: b", "# note", "  # deeper",
        "", "   ", "  username: a:", "  username: a: b", "  username: 123#4", "  username: \"a\\nb\"", "  username: 'a' b", "  username:", "  username: ", "  more text",
        "   username: three", " - view", "---", "...", "  \"username\": x", "  a b: c", "  username: x #", "  username: x#", "  username: -x", "  username: x -", "- {a: b}",
        "  username: |", "  username: ~", "  username: /path", "  username: .x", "  username: (x)", "  username: <x>", "  username: x\ty", "  groups:  # why", "  userid: *a");

    private static readonly Gen<string> s_value = Pick.From(
        "dev", "system:node:{{EC2PrivateDNSName}}", "arn:aws:iam::111122223333:role/dev  ", "'a b' # why", "\"x\"  ", "a b #c", "12", "yes", "/a:b", "a#b", "(x)", ".5");

    private static readonly Gen<string> s_field =
        from key in Pick.From("rolearn", "username", "userid", "x_1", "yes")
        from gap in Pick.From(" ", " ", "   ")
        from value in s_value
        select $"{key}:{gap}{value}";

    private static readonly Gen<string> s_groups =
        from indent in Pick.From("", "", "  ")
        from items in s_value.Array[1, 3]
        from between in Pick.From("", "", "", "\n", "# x\n")
        select "groups:" + string.Concat(items.Select(item => $"\n{between}  {indent}- {item}"));

    private static readonly Gen<string> s_entry =
        from fields in Gen.OneOf(s_field, s_field, s_groups).Array[1, 4]
        select "- " + string.Join("\n  ", fields);

    // A list that is mostly usual, perhaps with a line that is not.
    internal static readonly Gen<string> Texts =
        from entries in s_entry.Array[1, 4]
        from head in Pick.From("", "", "# all\n", "\n")
        from ending in Pick.From("\n", "\n", "", "\n# end", "\n\n")
        from strange in Line
        from at in Gen.Int[0, 40]
        select Insert(head + string.Join('\n', entries), at, strange) + ending;

    [Fact]
    public void A_usual_map_is_read_quickly() => Assert.NotNull(PlainListReader.TryRead("""
        # nodes
        - groups:
          - system:bootstrappers
          - system:nodes
          rolearn: arn:aws:iam::111122223333:role/node   # ours
          username: system:node:{{EC2PrivateDNSName}}

        - rolearn: "arn:aws:iam::111122223333:role/dev"
          username: 'dev'
          groups:
            - view
        """));

    [Fact]
    public void Random_lines_are_read_as_the_parser_reads_them()
    {
        var quick = 0;
        Texts.Sample(text => { if (AssertSame(text)) { Interlocked.Increment(ref quick); } }, iter: 20000);
        Assert.InRange(quick, 8000, int.MaxValue);
    }

    [Fact]
    public void Random_maps_are_read_as_the_parser_reads_them()
    {
        var quick = 0;
        MapGenerator.Lists.Sample(text => { if (AssertSame(text)) { Interlocked.Increment(ref quick); } }, iter: 2000);
        Assert.InRange(quick, 10, int.MaxValue);
    }

    [Fact]
    public void Every_recorded_map_is_read_as_the_parser_reads_it()
    {
        var quick = Vector.Load("generated.jsonl").Concat(Vector.Load("handwritten.jsonl")).SelectMany(vector => vector.Data.Values).Count(AssertSame);

        Assert.InRange(quick, 150, int.MaxValue);
    }

    private static string Insert(string text, int at, string line)
    {
        var lines = text.Split('\n').ToList();
        if (at < lines.Count)
        {
            lines.Insert(at, line);
        }

        return string.Join('\n', lines);
    }

    // Whether the quick reader read it.
    private static bool AssertSame(string text)
    {
        if (PlainListReader.TryRead(text) is not { } list)
        {
            return false;
        }

        var expected = YamlComposer.ComposeByParser(text, out var fault);
        Assert.Null(fault);
        SameNodes.Assert(expected!, list);
        return true;
    }
}
