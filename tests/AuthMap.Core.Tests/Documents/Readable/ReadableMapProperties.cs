using AuthMap.Authenticator;
using AuthMap.Core.Tests.Vectors;
using AuthMap.Documents;
using AuthMap.Documents.Readable;
using AuthMap.Yaml;
using CsCheck;

namespace AuthMap.Core.Tests.Documents.Readable;

/// <summary>What holds for every map that is made readable.</summary>
public sealed class ReadableMapProperties
{
    private static readonly Gen<string> s_odd = Pick.From(
        "- ", "rolearn: a", "\n", "\n", " ", "  ", "[", "]", "{", "}", ",", ": ", "&a ", "*a", "\"", "'", "|", ">", "#c", "#: d", "\t", "---",
        "...", "null", "<<: ", "!!str ", "\r\n", "\r", "\u0085", "\uFEFF", "\0", "mapUsers:", "\U0001F600", "%")
        .Array[0, 14].Select(string.Concat);

    public static TheoryData<string> Files() => new("handwritten.jsonl", "generated.jsonl");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_map_comes_back_and_reads_the_same(string file)
    {
        foreach (var vector in Vector.Load(file))
        {
            ComesBack(MapTexts.Of(vector.Data));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Most_recorded_lists_stand_there_as_lists(string file)
    {
        var maps = Vector.Load(file).Select(vector => MapTexts.Of(vector.Data)).ToList();
        var lists = maps.SelectMany(texts => texts.Data.Select(pair => (texts, key: SectionKeys.All.Single(key => key.Name() == pair.Key), pair.Value)))
            .Where(item => Decoder.Decode(item.key, item.Value) is { Fatal: null, Entries.Count: > 0 }).ToList();

        var strings = lists.Where(item => ReadableMap.Of(item.texts).Strings.Contains(item.key)).ToList();

        Assert.True(strings.Count * 20 < lists.Count, $"{strings.Count} of {lists.Count}: {string.Join("\n====\n", strings.Take(9).Select(item => item.Value))}");
    }

    [Fact]
    public void Any_text_comes_back_and_reads_the_same() => Gen.Select(s_odd, s_odd, Gen.Int[0, 2]).Sample(
        (roles, users, present) => ComesBack(Texts(roles, present == 0 ? null : users)), iter: 20_000);

    [Fact]
    public void A_value_of_which_only_the_anchor_shows_comes_back() => ComesBack(Texts("x", "  :\n     &a # d"));

    [Fact]
    public void Lists_as_people_write_them_come_back() => MapGenerator.Lists.Sample(text => ComesBack(Texts(text, null)), iter: 1000);

    [Fact]
    public void A_change_of_one_line_changes_that_line_alone() => Gen.Select(MapGenerator.Lists, MapGenerator.Lists).Sample(
        (roles, users) =>
        {
            var readable = ReadableMap.Of(Texts(roles, users));
            var cut = readable.Body.LastIndexOf("mapUsers:", StringComparison.Ordinal);
            var draft = readable.Read(readable.Body[..cut].Replace("role/r0", "role/other", StringComparison.Ordinal) + readable.Body[cut..]);

            Assert.Empty(draft.Faults);
            Assert.Equal(roles.Replace("role/r0", "role/other", StringComparison.Ordinal), draft.Texts!.Data["mapRoles"]);
            Assert.Equal(users, draft.Texts.Data["mapUsers"]);
        },
        iter: 1000);

    [Fact]
    public void Line_endings_that_an_editor_changed_come_back() => MapGenerator.Lists.Sample(
        text =>
        {
            var readable = ReadableMap.Of(Texts(text, null));
            var changed = readable.Body.Replace("role/r0", "role/other", StringComparison.Ordinal);
            var expected = text.Replace("role/r0", "role/other", StringComparison.Ordinal);
            Assert.Equal(expected, readable.Read("\uFEFF" + changed.ReplaceLineEndings("\r\n")).Texts?.Data["mapRoles"]);
            Assert.Equal(expected, readable.Read(changed.ReplaceLineEndings("\n")).Texts?.Data["mapRoles"]);
        },
        iter: 1000);

    [Fact]
    public void Whatever_is_typed_is_taken_exactly_or_refused_with_a_place() => Gen.Select(MapGenerator.Lists, s_odd, Gen.Int[0, 400]).Sample(
        (text, typed, at) =>
        {
            var readable = ReadableMap.Of(Texts(text, null));
            var draft = readable.Read(readable.Body.Insert(Math.Min(at, readable.Body.Length), typed));
            if (draft.Texts?.Data.GetValueOrDefault("mapRoles") is { } result && result != text)
            {
                Assert.Null(Decoder.Decode(SectionKey.MapRoles, result).Fatal);
            }

            Assert.True(draft.Texts is not null || draft.IsEmpty || draft.Faults.Count > 0);
            var lines = draft.Body.Split(['\n', '\r', '\u0085']).Length;
            Assert.All(draft.Faults, fault => Assert.InRange(fault.Position.Line, 1, lines + 1));
            Assert.Equal(draft.Body.TrimEnd(), readable.Read(readable.Frame(draft.Body, ["head"], draft.Faults).Text).Body.TrimEnd());
        },
        iter: 5000);

    private static void ComesBack(MapTexts texts)
    {
        var readable = ReadableMap.Of(texts);
        var framed = readable.Frame(readable.Body, ["head", ""], []).Text;
        foreach (var text in new[] { readable.Body, framed })
        {
            var draft = readable.Read(text);
            Assert.Empty(draft.Faults);
            Assert.Equal(texts.Data.Count == 0, draft.IsEmpty);
            Assert.True(draft.IsEmpty || texts.IsSameAs(draft.Texts!), $"{text}\n{draft.Texts}");
        }

        var root = YamlComposer.Compose(readable.Body, out var fault) as YamlMapping;
        Assert.Null(fault);
        foreach (var (key, value) in root?.Pairs ?? [])
        {
            var text = texts.Data[((YamlScalar)key).Value];
            if (value is YamlScalar { Style: not YamlDotNet.Core.ScalarStyle.Plain } whole)
            {
                Assert.Equal(text, whole.Value);
            }
            else
            {
                Assert.True(YamlLikeness.Holds(value, YamlComposer.Compose(text, out _)), readable.Body);
            }
        }
    }

    private static MapTexts Texts(string roles, string? users)
    {
        Dictionary<string, string> data = new() { ["mapRoles"] = roles };
        if (users is not null)
        {
            data["mapUsers"] = users;
        }

        return new(data);
    }
}
