using AuthMap.Core.Tests.Documents;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Manifests;
using CsCheck;

namespace AuthMap.Core.Tests.Manifests;

/// <summary>What is written without a proof is what the proven edit of an empty manifest gives.</summary>
public sealed class FreshManifestTests
{
    private static readonly Gen<string> _lines =
        from lines in Pick.From(
            "- rolearn: arn:aws:iam::111122223333:role/dev", "  username: dev", "# why", "", " ", "   x", "---", "...", "\ttab", "é", "%YAML", "a: |", "'", "\"", "data:", "~\r", "\u2028")
            .Array[0, 6]
        from end in Pick.From("\n", "\n", "", "\n\n", " \n")
        select string.Join('\n', lines) + end;

    [Fact]
    public void Every_recorded_map_is_written_the_same()
    {
        var quick = Vector.Load("generated.jsonl").Concat(Vector.Load("handwritten.jsonl")).Count(vector => AssertSame(vector.Data));
        Assert.InRange(quick, 100, int.MaxValue);
    }

    [Fact]
    public void Random_texts_are_written_the_same()
    {
        var quick = 0;
        Gen.Select(_lines, MapGenerator.Lists, _lines).Sample(
            (roles, users, accounts) =>
            {
                if (AssertSame(new Dictionary<string, string> { ["mapRoles"] = roles }) | AssertSame(new Dictionary<string, string>
                {
                    ["mapAccounts"] = accounts,
                    ["mapUsers"] = users,
                    ["mapRoles"] = roles,
                }))
                {
                    Interlocked.Increment(ref quick);
                }
            },
            iter: 2000);
        Assert.InRange(quick, 100, int.MaxValue);
    }

    [Fact]
    public void What_is_not_usual_is_left_to_the_edit()
    {
        Assert.Null(Written(new Dictionary<string, string>()));
        Assert.Null(Written(new Dictionary<string, string> { ["other"] = "- a\n" }));
        Assert.Null(Written(new Dictionary<string, string> { ["mapRoles"] = "- a\n", ["other"] = "- a\n" }));
        Assert.Null(Written(new Dictionary<string, string> { ["mapRoles"] = "- a\n   \n- b\n" }));
        Assert.Null(Written(new Dictionary<string, string> { ["mapRoles"] = "" }));
    }

    [Fact]
    public void Of_what_cannot_stand_in_yaml_no_part_is_written()
    {
        var output = new StringWriter();

        Assert.Throws<AuthMapException>(() => ManifestDocument.Write(
            output, new Dictionary<string, string> { ["mapRoles"] = "- a\n", ["mapUsers"] = "\ud800\n" }));
        Assert.Empty(output.ToString());
    }

    private static bool AssertSame(IReadOnlyDictionary<string, string> data)
    {
        if (Written(data) is not { } written)
        {
            return false;
        }

        Assert.Equal(ManifestDocument.Spliced(data), written);
        Assert.Equal(data, ManifestDocument.Parse(written, "written").Data);
        return true;
    }

    private static string? Written(IReadOnlyDictionary<string, string> data)
    {
        var output = new StringWriter();
        var isUsual = FreshManifest.TryWrite(output, data);
        Assert.True(isUsual || output.ToString().Length == 0);
        return isUsual ? output.ToString() : null;
    }
}
