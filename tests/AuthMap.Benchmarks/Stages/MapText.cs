using System.Globalization;
using System.Text;

namespace AuthMap.Benchmarks.Stages;

/// <summary>Texts of mapRoles of any size.</summary>
internal static class MapText
{
    public const string Account = "111122223333";

    /// <summary>Bytes of an entry where 6,200 of them fill 990 kB.</summary>
    public const int LongEntry = 160;

    // What every cluster with nodes has.
    private const string Nodes = $$$"""
        - groups:
          - system:bootstrappers
          - system:nodes
          rolearn: arn:aws:iam::{{{Account}}}:role/eksctl-eksworkshop-nodegroup-NodeInstanceRole-14TKBWBD7KWFH
          username: system:node:{{EC2PrivateDNSName}}

        """;

    public static string Arn(string name) => $"arn:aws:iam::{Account}:role/{name}";

    /// <summary>An entry as the tools write it: one group, keys in alphabetical order.</summary>
    public static string Entry(string name, string username) =>
        $"- groups:\n  - developers\n  rolearn: {Arn(name)}\n  username: {username}\n";

    /// <summary>Entries of nodes and of roles.</summary>
    /// <param name="entries">How many in all.</param>
    /// <param name="width">The bytes of each; as few as possible when there is not enough room.</param>
    public static string Of(int entries, int width = 0)
    {
        var text = new StringBuilder(Nodes);
        for (var number = 1; number < entries; number++)
        {
            text.Append(Entry(Name(number, width), $"user-{number:D6}"));
        }

        return text.ToString();
    }

    /// <summary>A manifest file's text with this map.</summary>
    public static string Manifest(string mapRoles) =>
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n"
        + string.Concat(mapRoles.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line}\n"));

    /// <summary>The name of a role that <see cref="Of"/> gives a number.</summary>
    public static string Name(int number, int width = 0)
    {
        var name = number.ToString("D6", CultureInfo.InvariantCulture);
        var rest = width - Entry($"team--{name}", $"user-{number:D6}").Length;
        // Names that repeat would be compressed to nothing, in the history too.
        return $"team-{(rest > 0 ? Letters(number, rest) : "")}-{name}";
    }

    private static string Letters(int seed, int count)
    {
        var random = new Random(seed);
        return string.Create(count, random, (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = (char)('a' + source.Next(26));
            }
        });
    }
}
