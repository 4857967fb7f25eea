using AuthMap.Documents;
using AuthMap.Planning;

namespace AuthMap.Core.Tests.Planning;

public sealed class MapIndexTests
{
    private static readonly string[] _arns =
    [
        "arn:aws:iam::111122223333:role/Dev",
        "arn:aws:iam::111122223333:role/team/dev",
        "arn:aws:iam::111122223333:role/dev/team",
        "arn:aws:sts::111122223333:assumed-role/DEV/bob",
        "arn:aws:sts::111122223333:assumed-role/ops/dev",
        "arn:aws:iam::444455556666:role/team/dev",
        "arn:aws:iam::111122223333:user/team/dev",
    ];

    [Fact]
    public void The_first_question_and_the_next_have_the_same_answer()
    {
        var document = AwsAuthDocument.Parse(new Dictionary<string, string>
        {
            ["mapRoles"] = string.Concat(_arns.Select(arn => $"- rolearn: {arn}\n  username: x\n")),
        });
        var asked = new MapIndex(document);
        _ = asked.MeantFor("arn:aws:iam::111122223333:role/other");
        Assert.Equal([2, 4], Lines(new MapIndex(document), "arn:aws:iam::111122223333:role/dev"));
        Assert.All(_arns, arn => Assert.Equal(Lines(asked, arn), Lines(new MapIndex(document), arn)));
    }

    // The entries' numbers, from 1.
    private static IEnumerable<int> Lines(MapIndex index, string arn) => index.MeantFor(arn).Select(entry => (entry.Entry.Position.Line + 1) / 2);
}
