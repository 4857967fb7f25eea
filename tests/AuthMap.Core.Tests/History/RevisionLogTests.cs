using System.IO.Compression;
using System.Text;
using AuthMap.Core.Tests.Documents;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.History;
using CsCheck;

namespace AuthMap.Core.Tests.History;

public sealed class RevisionLogTests
{
    private static readonly RevisionOrigin _origin = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), "ann@host", "authmap 1.0", "+ role dev");

    [Fact]
    public void The_first_write_makes_two_revisions()
    {
        var log = Start("a", "b");
        Assert.Equal([1, 2], log.Revisions.Select(revision => revision.Number));
        Assert.Equal([null, _origin], log.Revisions.Select(revision => revision.Origin));
        Assert.Equal(["a", "b"], log.Revisions.Select(Roles));
        Assert.Equal(3, log.Next);
    }

    [Fact]
    public void Every_write_makes_the_next_revision() =>
        Assert.Equal([1, 2, 3], Start("a", "b").After(Texts("b"), Texts("c"), _origin).Revisions.Select(revision => revision.Number));

    [Fact]
    public void A_write_of_another_program_in_between_is_a_revision_of_its_own()
    {
        var log = Start("a", "b").After(Texts("x"), Texts("y"), _origin);
        Assert.Equal(["a", "b", "x", "y"], log.Revisions.Select(Roles));
        Assert.Equal([true, false, true, false], log.Revisions.Select(revision => revision.Origin is null));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var log = Start("a\n# ü\n", "b").After(Texts("x"), MapTexts.Of(new Dictionary<string, string>()), _origin);
        var read = Read(log.Write(new Dictionary<string, string>(), out var lost)!, out var notice);
        Assert.Null(lost);
        Assert.Null(notice);
        Assert.Equal(log.Next, read.Next);
        Assert.Equal(log.Revisions.Select(revision => (revision.Number, revision.Origin)), read.Revisions.Select(revision => (revision.Number, revision.Origin)));
        Assert.All(log.Revisions.Zip(read.Revisions), pair => Assert.True(pair.First.Texts.IsSameAs(pair.Second.Texts)));
    }

    [Fact]
    public void Only_the_newest_are_kept_and_numbers_go_on()
    {
        var log = Start("0", "1");
        for (var i = 2; i < 40; i++)
        {
            log = Read(log.After(Texts($"{i - 1}"), Texts($"{i}"), _origin).Write(new Dictionary<string, string>(), out _), out _);
        }

        Assert.Equal(RevisionLog.Kept, log.Revisions.Count);
        Assert.Equal((30, 40, 41), (log.Revisions[0].Number, log.Revisions[^1].Number, log.Next));
        Assert.Equal("39", Roles(log.Revisions[^1]));
    }

    [Fact]
    public void What_does_not_fit_beside_the_annotations_of_others_is_dropped_with_a_warning()
    {
        var log = Start(Noise(1), Noise(2)).After(Texts(Noise(2)), Texts(Noise(3)), _origin);
        var full = log.Write(new Dictionary<string, string>(), out var none)!;
        Assert.Null(none);
        var others = new Dictionary<string, string>
        {
            ["kubectl.kubernetes.io/last-applied-configuration"] = new('x', (256 * 1024) - full.Length - 60),
            [RevisionLog.Annotation] = new('x', 1000),
        };

        var value = log.Write(others, out var notice)!;

        Assert.Equal([2, 3], Read(value, out _).Revisions.Select(revision => revision.Number));
        Assert.Contains("1 oldest", notice?.Text, StringComparison.Ordinal);
        others.Remove(RevisionLog.Annotation);
        Assert.True(others.Append(new(RevisionLog.Annotation, value)).Sum(pair => pair.Key.Length + pair.Value.Length) <= 256 * 1024);
    }

    [Fact]
    public void A_map_that_is_too_large_keeps_its_numbers()
    {
        var log = Start(Noise(1, 200_000), Noise(2, 200_000));
        var read = Read(log.Write(new Dictionary<string, string>(), out var notice), out _);
        Assert.Empty(read.Revisions);
        Assert.Equal(3, read.Next);
        Assert.Contains("cannot be rolled back", notice?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_states_are_read_as_they_were_written() =>
        (from texts in (from pieces in Pick.From("a", "b", "- x\n", "\n", "ü", "😀", "😁", "👍").Array[0, 5] select string.Concat(pieces)).Array[1, 6]
         from keys in Pick.From("mapRoles", "mapUsers").Array[6]
         select (texts, keys)).Sample(given =>
         {
             var (log, now) = (Read(null, out _), MapTexts.Of(new Dictionary<string, string>()));
             foreach (var (text, key) in given.texts.Zip(given.keys))
             {
                 var next = MapTexts.Of(new Dictionary<string, string> { [key] = text });
                 var written = log.After(now, next, _origin);
                 log = Read(written.Write(new Dictionary<string, string>(), out _), out _);
                 Assert.All(written.Revisions.Zip(log.Revisions), pair => Assert.True(pair.First.Texts.IsSameAs(pair.Second.Texts)));
                 Assert.Equal(written.Revisions.Count, log.Revisions.Count);
                 now = next;
             }
         });

    [Fact]
    public void A_large_map_that_changes_little_keeps_all_its_revisions()
    {
        var (text, log) = (Noise(1, 80_000), Read(null, out _));
        for (var i = 0; i < 20; i++)
        {
            var next = $"{text}{i}\n";
            log = Read(log.After(Texts(text), Texts(next), _origin).Write(new Dictionary<string, string>(), out var notice), out _);
            Assert.Null(notice);
            text = next;
        }

        Assert.Equal(RevisionLog.Kept, log.Revisions.Count);
        Assert.Equal(text, Roles(log.Revisions[^1]));
    }

    [Fact]
    public void A_text_that_the_map_still_has_is_not_made_again()
    {
        var text = Noise(1, 80_000) + "é😀'\"\\\n";
        var value = Start("a", text).Write(new Dictionary<string, string>(), out _)!;

        Assert.Same(text, Roles(Read(value, out _, text).Revisions[^1]));
        foreach (var other in new[] { text[1..], text + "x", "a", "" })
        {
            var log = Read(value, out var notice, other);
            Assert.Null(notice);
            Assert.Equal(["a", text], log.Revisions.Select(Roles));
        }
    }

    [Fact]
    public void Only_the_newest_state_may_be_what_the_map_has()
    {
        var value = Start("ab", "xb").Write(new Dictionary<string, string>(), out _)!;

        Assert.Equal(["ab", "xb"], Read(value, out _, "a").Revisions.Select(Roles));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("nonsense", 1)]
    [InlineData("x 7 AAAA", 1)]
    [InlineData("3 7 AAAA", 7)]
    [InlineData("2 0 AAAA", 1)]
    [InlineData("2 -7 AAAA", 1)]
    [InlineData("2 7 %%%", 7)]
    [InlineData("2 7 AAAA", 7)]
    [InlineData("2 2147483647 AAAA", 1)]
    public void A_damaged_annotation_is_reported_and_numbers_go_on_where_they_can(string value, int next)
    {
        var log = Read(value, out var notice);
        Assert.Empty(log.Revisions);
        Assert.Equal(next, log.Next);
        Assert.Contains("cannot be read", notice?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": null}}]")]
    [InlineData("[{\"n\": 1}]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[{\"n\": 1, \"data\": {}}")]
    [InlineData("[{\"n\": 1, \"data\": {}}] more")]
    [InlineData("[{\"n\": 1, \"data\": {}}] /* sic */")]
    [InlineData("[{\"data\": {}}]")]
    [InlineData("[{\"n\": null, \"data\": {}}]")]
    [InlineData("[{\"n\": \"1\", \"data\": {}}]")]
    [InlineData("[{\"n\": 1.5, \"data\": {}}]")]
    [InlineData("[{\"n\": 2147483648, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"data\": []}]")]
    [InlineData("[{\"n\": 1, \"data\": null}]")]
    [InlineData("[{\"n\": 1, \"time\": \"1\", \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"time\": 1.5, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"time\": 9223372036854775808, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"actor\": 1, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"tool\": [], \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"did\": {}, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"did\": \"\\ud800\", \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": \"\"}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"text\": 1}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"text\": null}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"text\": \"\\udc00\"}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"\\ud800\": {\"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"head\": null, \"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"head\": \"0\", \"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"tail\": 0.5, \"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {}}, {\"n\": 2, \"data\": {}}]")]
    [InlineData("[{\"n\": 0, \"data\": {}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {}}}]")]
    [InlineData("[{\"n\": 1, \"data\": {\"mapRoles\": {\"head\": 1, \"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 2, \"data\": {\"mapRoles\": {\"text\": \"ab\"}}}, {\"n\": 1, \"data\": {\"mapRoles\": {\"head\": 1, \"tail\": 2, \"text\": \"\"}}}]")]
    [InlineData("[{\"n\": 2, \"data\": {\"mapRoles\": {\"text\": \"ab\"}}}, {\"n\": 1, \"data\": {\"mapRoles\": {\"head\": -1, \"text\": \"\"}}}]")]
    public void States_that_nobody_wrote_are_damage(string json)
    {
        var log = Read($"2 3 {Zip(json)}", out var notice);

        Assert.Equal(3, log.Next);
        Assert.Empty(log.Revisions);
        Assert.NotNull(notice);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("[{\"n\": 1, \"data\": {}}]", "1 null: ")]
    [InlineData("[{\"n\": 1, \"time\": null, \"actor\": null, \"data\": {\"mapRoles\": {\"head\": 0, \"tail\": 0, \"text\": \"a\"}}}]", "1 null: mapRoles=a")]
    [InlineData("[{\"n\": 1, \"actor\": \"ann\", \"data\": {}}]", "1 null: ")]
    [InlineData("[{\"n\": 1, \"time\": -1, \"data\": {}}]", "1 null: ")]
    [InlineData("[{\"n\": 1, \"time\": 253402300800, \"data\": {}}]", "1 null: ")]
    [InlineData("[{\"n\": 1, \"time\": 0, \"tool\": \"authmap 1.0\", \"data\": {}}]", "1 1970-01-01  authmap 1.0 : ")]
    [InlineData("[{\"n\": 1, \"x\": [{\"y\": null}], \"data\": {\"mapRoles\": {\"x\": \"\\ud800\", \"text\": \"\"}}, \"n\": 2}]", "2 null: mapRoles=")]
    [InlineData("[{\"N\": 7, \"n\": 1, \"data\": {\"mapRoles\": {\"text\": \"1\"}, \"map\\u0052oles\": {\"text\": \"\\u0032\", \"Text\": 3}}}]", "1 null: mapRoles=2")]
    [InlineData("[{\"n\": 2, \"data\": {\"mapRoles\": {\"text\": \"12\"}}}, {\"n\": 1, \"data\": {\"mapRoles\": {\"text\": \"x\", \"tail\": 1, \"head\": 1}, \"mapUsers\": {\"text\": \"\"}}}]", "1 null: mapRoles=1x2,mapUsers=; 2 null: mapRoles=12")]
    public void States_may_leave_things_out_and_say_more(string json, string expected)
    {
        var log = Read($"2 3 {Zip(json)}", out var notice);

        Assert.Null(notice);
        Assert.Equal(expected, string.Join("; ", log.Revisions.Select(revision =>
            $"{revision.Number} {(revision.Origin is { } by ? $"{by.Time:yyyy-MM-dd} {by.Actor} {by.Tool} {by.Summary}" : "null")}: "
            + string.Join(',', revision.Texts.Data.Select(pair => $"{pair.Key}={pair.Value}")))));
    }

    [Fact]
    public void The_newest_state_is_whole_and_older_ones_are_what_differs()
    {
        var log = Start("a\n<'+é😀>\n", "a\nb\n").After(Texts("x"), MapTexts.Of(new Dictionary<string, string> { ["mapRoles"] = "" }), _origin);

        Assert.Equal(
            """
            [{"n":4,"time":1800000000,"actor":"ann@host","tool":"authmap 1.0","did":"\u002B role dev","data":{"mapRoles":{"text":""}}},{"n":3,"data":{"mapRoles":{"text":"x"}}},{"n":2,"time":1800000000,"actor":"ann@host","tool":"authmap 1.0","did":"\u002B role dev","data":{"mapRoles":{"text":"a\nb\n"}}},{"n":1,"data":{"mapRoles":{"head":2,"tail":1,"text":"\u003C\u0027\u002B\u00E9\uD83D\uDE00\u003E"}}}]
            """,
            Unzip(log.Write(new Dictionary<string, string>(), out _)!));
    }

    [Theory]
    [InlineData(5 << 20, true)]
    [InlineData(33 << 20, false)]
    public void What_grows_beyond_any_map_is_damage(int length, bool isRead)
    {
        var json = """[{"n":1,"data":{"mapRoles":{"text":"?"}}}]""".Replace("?", new string('x', length), StringComparison.Ordinal);

        var log = Read($"2 3 {Zip(json)}", out var notice);

        Assert.Equal(isRead, notice is null);
        Assert.Equal(isRead ? [length] : [], log.Revisions.Select(revision => Roles(revision).Length));
    }

    [Fact]
    public void More_states_than_are_ever_written_are_damage()
    {
        var states = Enumerable.Range(0, 60_000).Select(i => $"{{\"n\": {60_000 - i}, \"data\": {{}}}}");

        Assert.Empty(Read($"2 70000 {Zip($"[{string.Join(',', states)}]")}", out var notice).Revisions);
        Assert.NotNull(notice);
    }

    [Fact]
    public void Half_a_character_is_never_put_together()
    {
        Assert.Throws<AuthMapException>(() => new TextDelta(1, 0, "x").Apply("😀"));
        Assert.Throws<AuthMapException>(() => new TextDelta(0, 1, "x").Apply("😀"));
        Assert.Equal("😀x", new TextDelta(2, 0, "x").Apply("😀"));
        Assert.Equal("x😀", new TextDelta(0, 2, "x").Apply("😀"));
    }

    [Fact]
    public void Where_nothing_fits_nothing_is_written()
    {
        var others = new Dictionary<string, string> { ["padding"] = new('x', (256 * 1024) - 20) };
        Assert.Null(Start("a", "b").Write(others, out var notice));
        Assert.NotNull(notice);
    }

    [Fact]
    public void Keys_that_no_writer_of_ours_keeps_are_passed_over()
    {
        var json = """[{"n":3,"data":{"mapRoles":{"text":"a"},"foo":{"text":"abc"}}},{"n":2,"data":{"mapRoles":{"text":"b"},"foo":{"head":2,"text":"q"}}}]""";

        var log = Read($"2 9 {Zip(json)}", out var notice);

        Assert.Null(notice);
        Assert.Equal(["b", "a"], log.Revisions.Select(revision => Assert.Single(revision.Texts.Data).Value));
    }

    [Fact]
    public void A_truncated_annotation_is_damaged()
    {
        var value = Start(Noise(1), Noise(2)).Write(new Dictionary<string, string>(), out _)!;
        for (var length = value.Length - 1; length > 4; length -= 97)
        {
            Assert.Equal(3, Read(value[..length], out var notice).Next);
            Assert.NotNull(notice);
        }
    }

    private static string Zip(string json)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(json));
        }

        return Convert.ToBase64String(bytes.ToArray());
    }

    private static string Unzip(string value)
    {
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(value.Split(' ')[2])), CompressionMode.Decompress);
        return new StreamReader(zip).ReadToEnd();
    }

    private static RevisionLog Start(string before, string after) =>
        Read(null, out _).After(Texts(before), Texts(after), _origin);

    private static RevisionLog Read(string? value, out Notice? notice, string? now = null) => RevisionLog.Of(
        new Snapshot
        {
            Exists = true,
            Data = now is null ? [] : new Dictionary<string, string> { ["mapRoles"] = now },
            Annotations = value is null ? [] : new Dictionary<string, string> { [RevisionLog.Annotation] = value },
        },
        out notice);

    private static MapTexts Texts(string roles) => MapTexts.Of(new Dictionary<string, string> { ["mapRoles"] = roles, ["other"] = "foreign" });

    private static string Roles(Revision revision) => revision.Texts.Data["mapRoles"];

    // Random digits do not compress below half.
    private static string Noise(int seed, int length = 20_000)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(64))));
    }
}
