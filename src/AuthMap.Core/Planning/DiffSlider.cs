namespace AuthMap.Planning;

/// <summary>
/// Moves purely added or purely removed stretches to where a person would see them. A removed list item may as well be shown from its
/// second line to the first line of the next item; it should begin with its own dash.
/// </summary>
internal static class DiffSlider
{
    /// <summary>Settles each stretch between its neighbours.</summary>
    public static IReadOnlyList<LineChange> Settle(IReadOnlyList<string> before, IReadOnlyList<string> after, List<LineChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.OldCount > 0 && change.NewCount > 0)
            {
                continue;
            }

            // One common line stays between neighbours, so that they remain two.
            var lowest = i == 0 ? 0 : changes[i - 1].OldStart + changes[i - 1].OldCount + 1;
            var highest = i == changes.Count - 1 ? before.Count : changes[i + 1].OldStart - 1;
            var room = (Up: Math.Max(0, change.OldStart - lowest), Down: Math.Max(0, highest - change.OldStart - change.OldCount));
            var shift = change.OldCount > 0
                ? BestShift(before, change.OldStart, change.OldCount, room)
                : BestShift(after, change.NewStart, change.NewCount, room);
            changes[i] = change with { OldStart = change.OldStart + shift, NewStart = change.NewStart + shift };
        }

        return changes;
    }

    private static int BestShift(IReadOnlyList<string> lines, int start, int count, (int Up, int Down) room)
    {
        var (best, indent) = (0, Indent(lines[start]));
        for (var shift = -1; -shift <= room.Up && lines[start + shift] == lines[start + shift + count]; shift--)
        {
            Consider(shift);
        }

        for (var shift = 1; shift <= room.Down && lines[start + shift - 1] == lines[start + shift - 1 + count]; shift++)
        {
            Consider(shift);
        }

        return best;

        void Consider(int shift)
        {
            if (Indent(lines[start + shift]) is var here && here < indent)
            {
                (best, indent) = (shift, here);
            }
        }
    }

    private static int Indent(string line)
    {
        var indent = line.AsSpan().IndexOfAnyExcept(" \t\r\n");
        return indent < 0 ? int.MaxValue : indent;
    }
}
