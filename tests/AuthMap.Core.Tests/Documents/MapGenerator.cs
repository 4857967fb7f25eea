using System.Text;
using CsCheck;

namespace AuthMap.Core.Tests.Documents;

/// <summary>Random role lists in the ways people write them.</summary>
internal static class MapGenerator
{
    private static readonly int[] s_fields = [0, 1, 2, 3];
    private static readonly Gen<string> s_comment = Pick.From("", "", "", " # why", "  #x");
    private static readonly Gen<string> s_username = Pick.From(
        "dev", "'it''s'", "\"a:b\"", "system:node:{{EC2PrivateDNSName}}", "'{{SessionName}}'", "123", "yes", "~", "\"\"", "|\n%    x", "a b");
    private static readonly Gen<string> s_group = Pick.From("system:masters", "'view'", "\"edit\"", "g#1", "007", "a b");
    private static readonly Gen<string> s_between = Pick.From("", "", "", "", "\n", "# note\n", "\n# team\n\n", "# - rolearn: old\n", "   \n", "  # deeper\n");
    private static readonly Gen<string> s_extra = Pick.From("", "", "", "extra: {a: 1}", "userid: AIDA", "note: |\n%    text\n%\n%    more");

    /// <summary>Gives a list with at least one entry; entry i has the ARN …:role/r{i}.</summary>
    public static readonly Gen<string> Lists =
        from count in Gen.Int[1, 5]
        from indent in Pick.From("", "", "  ")
        from gap in Pick.From(" ", " ", "   ")
        from ending in Pick.From("\n", "\n", "\r\n")
        from head in Pick.From("", "", "---\n", "# all roles\n", "\n", "# a\n\n# b\n", "\uFEFF")
        from tail in Pick.From("", "", "\n", "# end\n", "---\n- later: [\n", "...\n")
        from cut in Gen.Bool
        from bodies in Entry(indent, gap).Array[count]
        from betweens in s_between.Array[count]
        select Join(bodies, betweens, head, tail, ending, cut && tail.Length == 0);

    private static Gen<Func<int, string>> Entry(string indent, string gap) =>
        from kind in Gen.Int[0, 9]
        from quote in Pick.From("", "'", "\"")
        from username in s_username
        from usernameComment in s_comment
        from groups in s_group.Array[0, 3]
        from groupComment in s_comment
        from groupIndent in Pick.From("", "  ")
        from flowGroups in Gen.Bool
        from extra in s_extra
        from order in Gen.Shuffle(s_fields)
        from spelling in Pick.From("rolearn", "rolearn", "roleARN", "RoleArn")
        select (Func<int, string>)(index =>
        {
            var arn = $"{quote}arn:aws:iam::111122223333:role/r{index}{quote}";
            if (kind == 0)
            {
                return $"{indent}-{gap}{{rolearn: \"arn:aws:iam::111122223333:role/r{index}\", username: x, groups: [a, 'b']}}{usernameComment}\n";
            }

            string[] fields =
            [
                $"{spelling}: {arn}",
                username.StartsWith('|') ? $"username: {username}" : $"username: {username}{usernameComment}",
                groups.Length == 0 ? "" : flowGroups
                    ? $"groups: [{string.Join(", ", groups)}]{groupComment}"
                    : "groups:" + groupComment + string.Concat(groups.Select(name => $"\n%{groupIndent}- {name}{groupComment}")),
                extra,
            ];
            var inner = indent + " " + new string(' ', gap.Length);
            var lines = order.Select(i => fields[i]).Where(field => field.Length > 0).ToList();
            return indent + "-" + gap + string.Join("\n" + inner, lines).Replace("%", inner, StringComparison.Ordinal) + "\n";
        });

    private static string Join(Func<int, string>[] bodies, string[] betweens, string head, string tail, string ending, bool cut)
    {
        var text = new StringBuilder(head);
        for (var i = 0; i < bodies.Length; i++)
        {
            text.Append(i > 0 ? betweens[i] : "").Append(bodies[i](i));
        }

        var whole = text.Append(tail).ToString();
        // Without its line ending a block scalar at the very end means something else: a case of its own.
        cut &= !bodies.Any(body => body(0).Contains('|', StringComparison.Ordinal));
        return (cut ? whole.TrimEnd('\n') : whole).Replace("\n", ending, StringComparison.Ordinal);
    }
}
