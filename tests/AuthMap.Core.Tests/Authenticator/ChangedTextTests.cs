using AuthMap.Authenticator;
using AuthMap.Core.Tests.Yaml;
using AuthMap.Documents;
using AuthMap.Yaml;
using CsCheck;

namespace AuthMap.Core.Tests.Authenticator;

/// <summary>A changed text gives the same whether what stands in front of the change is taken over or read again.</summary>
public sealed class ChangedTextTests
{
    // A stretch of the text gives way to some other one, which may be a whole line or hardly anything.
    private static readonly Gen<(string Before, string After)> s_changes =
        from before in PlainListReaderTests.Texts
        from start in Gen.Int[0, before.Length]
        from length in Gen.OneOf(Gen.Const(0), Gen.Int[0, 12], Gen.Int[0, 200])
        from insert in Gen.OneOf(Gen.Const(""), PlainListReaderTests.Line, PlainListReaderTests.Line.Select(line => $"\n{line}\n"), Gen.Char.Array[1, 3].Select(string.Concat))
        let end = Math.Min(start + length, before.Length)
        select (before, before[..start] + insert + before[end..]);

    [Fact]
    public void Random_changes_are_read_as_if_for_the_first_time()
    {
        var taken = 0;
        s_changes.Sample(
            change =>
            {
                var before = Decoder.Decode(SectionKey.MapRoles, change.Before);
                AssertSame(Decoder.Decode(SectionKey.MapRoles, change.After), Decoder.Decode(before, change.After));
                if (KnownItems.Of(before.Root, change.Before, change.After) is not null)
                {
                    Interlocked.Increment(ref taken);
                }
            },
            iter: 20000);
        Assert.InRange(taken, 4000, int.MaxValue);
    }

    [Fact]
    public void Faults_in_front_of_the_change_stay()
    {
        const string Text = "- rolearn: 12\n- rolearn: a\n  username: 5\n- rolearn: b\n";
        var before = Decoder.Decode(SectionKey.MapRoles, Text);

        AssertSame(Decoder.Decode(SectionKey.MapRoles, Text + "- rolearn: 7\n"), Decoder.Decode(before, Text + "- rolearn: 7\n"));
    }

    [Fact]
    public void Of_two_fatal_faults_the_same_is_found()
    {
        var before = Decoder.Decode(SectionKey.MapRoles, "- rolearn: a\n- rolearn: b\n");
        const string After = "- rolearn: a\n- rolearn: .inf\n- null: y\n";

        AssertSame(Decoder.Decode(SectionKey.MapRoles, After), Decoder.Decode(before, After));
    }

    [Fact]
    public void What_stands_in_front_of_the_change_is_not_read_again()
    {
        var before = Decoder.Decode(SectionKey.MapRoles, "- rolearn: a\n- rolearn: b\n- rolearn: c\n");

        var after = Decoder.Decode(before, "- rolearn: a\n- rolearn: b\n- rolearn: d\n");

        Assert.Equal(["a", "b", "d"], after.Entries.Select(entry => entry.Mapping.Identity));
        Assert.Same(before.Entries[1], after.Entries[1]);
    }

    private static void AssertSame(Section expected, Section actual)
    {
        Assert.Equal(expected.Entries, actual.Entries);
        Assert.Equal(expected.Faults.Select(Facts), actual.Faults.Select(Facts));
        Assert.Equal(expected.Root is null, actual.Root is null);
        if (expected.Root is not null)
        {
            SameNodes.Assert(expected.Root, actual.Root!);
        }

        AssertSame(expected.Value, actual.Value);
    }

    private static void AssertSame(GoValue? expected, GoValue? actual)
    {
        Assert.Equal((expected?.GetType(), expected?.Node.Span), (actual?.GetType(), actual?.Node.Span));
        switch (expected, actual)
        {
            case (GoScalar one, GoScalar other):
                Assert.Equal((one.Type, one.Text), (other.Type, other.Text));
                break;
            case (GoList one, GoList other):
                Assert.Equal(one.Items.Count, other.Items.Count);
                foreach (var (item, its) in one.Items.Zip(other.Items))
                {
                    AssertSame(item, its);
                }

                break;
            case (GoMap one, GoMap other):
                Assert.Equal(one.Fields.Select(field => field.Key), other.Fields.Select(field => field.Key));
                foreach (var (field, its) in one.Fields.Zip(other.Fields))
                {
                    AssertSame(field.Value, its.Value);
                }

                break;
            default:
                break;
        }
    }

    private static object Facts(Fault fault) => (fault.Key, fault.Position, fault.Cost, fault.Message, fault.Field, fault.Node?.Span);
}
