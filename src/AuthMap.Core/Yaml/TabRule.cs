using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace AuthMap.Yaml;

/// <summary>
/// go-yaml's rule for tabs: in block context none may stand where a key could start, at the beginning of a line or behind a dash,
/// not even before a comment. The scanner used here is more lenient.
/// </summary>
internal static class TabRule
{
    /// <summary>Finds the first tab that go-yaml stumbles over; -1 when there is none.</summary>
    /// <param name="text">A text that the scanner accepts, without a byte order mark.</param>
    /// <param name="end">Where the part that go-yaml reads ends.</param>
    public static int Find(string text, int end)
    {
        if (!text.AsSpan(0, end).Contains('\t'))
        {
            return -1;
        }

        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var flowLevel = 0;
        var gapStart = 0;
        var keyMayStart = true;
        while (gapStart < end && scanner.MoveNext())
        {
            var token = scanner.Current!;
            var tokenStart = Math.Min((int)token.Start.Index, end);
            if (flowLevel == 0 && FindInGap(text, gapStart, tokenStart, keyMayStart) is >= 0 and var found)
            {
                return found;
            }

            flowLevel += token switch
            {
                FlowSequenceStart or FlowMappingStart => 1,
                FlowSequenceEnd or FlowMappingEnd => -1,
                _ => 0,
            };
            keyMayStart = token is StreamStart or BlockEntry || (token is Key && token.End.Index > token.Start.Index);
            gapStart = Math.Max(gapStart, (int)token.End.Index);
        }

        return -1;
    }

    private static int FindInGap(string text, int start, int end, bool keyMayStart)
    {
        for (var i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '\t' when keyMayStart:
                    return i;
                case '\n' or '\r':
                    keyMayStart = true;
                    break;
                case '#':
                    while (i + 1 < end && text[i + 1] is not ('\n' or '\r'))
                    {
                        i++;
                    }

                    break;
                default:
                    break;
            }
        }

        return -1;
    }
}
