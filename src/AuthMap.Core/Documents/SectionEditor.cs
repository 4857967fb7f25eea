using AuthMap.Authenticator;
using AuthMap.Documents.Splicing;
using AuthMap.Mappings;
using AuthMap.Yaml;
using YamlDotNet.Core;

namespace AuthMap.Documents;

/// <summary>Edits the text of one key by splicing: what an edit does not mean to change stays byte for byte.</summary>
public static class SectionEditor
{
    private const string Hint = "change this entry by hand, or write the list as a plain block list first";

    /// <summary>
    /// Applies edits to a section. The new text is decoded again, and the decoded difference is proven to be exactly the intended
    /// one before it is returned.
    /// </summary>
    /// <param name="section">The section as it was read; its text may be null.</param>
    /// <param name="edits">The edits; indexes are those of <paramref name="section"/>, and no entry is named twice.</param>
    /// <returns>The section with its new text.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: the key has a fatal fault, or its text cannot be
    /// spliced safely; the message names key, line and reason.</exception>
    public static Section Apply(Section section, IReadOnlyList<SectionEdit> edits)
    {
        if (edits.Count == 0)
        {
            return section;
        }

        if (section.Fatal is { } fatal)
        {
            throw new AuthMapException(new Failure(
                FailureKind.Refused,
                $"{section.Key.Name()}:{fatal.Position}: {section.Key.Name()} cannot be read: {fatal.Message}",
                ["the authenticator drops all of " + section.Key.Name() + " for this"],
                "repair it first; nothing was changed"));
        }

        // Within brackets the items are rewritten as one; so changes inside of them come first.
        var updates = edits.Where(edit => edit is UpdateEntry).ToList();
        if (section.Root is YamlSequence { IsFlow: true } && updates.Count > 0 && updates.Count < edits.Count)
        {
            return Apply(Apply(section, updates), [.. edits.Except(updates)]);
        }

        var text = section.Text ?? "";
        try
        {
            var splices = Plan(section, text, edits);
            var after = Decoder.Decode(section, Splice.Apply(text, splices, dropFinalEnding: true));
            var flaw = EditProof.FindFlaw(section, edits, after);
            if (flaw is not null)
            {
                // A block scalar that is now the last line may need the line ending that the text did not have.
                after = Decoder.Decode(section, Splice.Apply(text, splices, dropFinalEnding: false));
                flaw = EditProof.FindFlaw(section, edits, after) is null ? null : flaw;
            }

            return flaw is null ? after : throw Refuse(section, edits, flaw);
        }
        catch (CannotSpliceException exception)
        {
            var position = TextPositions.At(text, exception.Offset);
            throw new AuthMapException(
                new Failure(FailureKind.Refused, $"{section.Key.Name()}:{position}: it cannot be edited safely: {exception.Message}", Hint),
                exception);
        }
    }

    private static IReadOnlyList<Splice> Plan(Section section, string text, IReadOnlyList<SectionEdit> edits) => section.Root switch
    {
        YamlSequence { IsFlow: false, Items.Count: > 0 } list => PlanBlock(section, text, new BlockItems(text, list), edits),
        YamlSequence { Items.Count: > 0 } list => PlanFlow(section, text, list, edits),
        var root => EmptyList.Fill(
            text,
            root,
            [.. Appended(edits).SelectMany(mapping => EntryWriter.BlockLines(mapping, new EntryStyle()))],
            Lines.Ending(text)),
    };

    private static List<Splice> PlanBlock(Section section, string text, BlockItems items, IReadOnlyList<SectionEdit> edits)
    {
        var ending = Lines.Ending(text);
        var splices = edits.OfType<RemoveEntry>().Select(edit => edit.Index).Order().Select(items.Remove).ToList();
        var appended = Appended(edits).ToList();
        var learn = Learner(text, items);
        if (appended.Count > 0)
        {
            var lines = appended.SelectMany(mapping => EntryWriter.BlockLines(mapping, learn(EntryWriter.FieldsOf(mapping))));
            var point = items.InsertionPoint();
            splices.Add(Splice.Insert(point, LineBlock.For(text, point, lines, ending)));
        }
        else if (splices.Count == items.List.Items.Count)
        {
            // The empty list takes the place of the first entry.
            splices = Splice.Merge(splices);
            var endsText = splices[0].Span.End == text.Length && text[^1] is not ('\n' or '\r');
            splices[0] = splices[0] with { Text = new string(' ', items.Column) + "[]" + (endsText ? "" : ending) };
        }

        // What the last entry gets stands before what follows it.
        splices.InsertRange(0, PlanUpdates(section, text, items.List, edits, entry => learn([ArnField(section.Key)]).WithGroupLayoutOf(text, entry)));
        return splices;
    }

    private static List<Splice> PlanFlow(Section section, string text, YamlSequence list, IReadOnlyList<SectionEdit> edits)
    {
        var removed = edits.OfType<RemoveEntry>().Select(edit => edit.Index).ToHashSet();
        var appended = Appended(edits).ToList();
        var asJson = list.Items[^1] is YamlMapping { Pairs: [{ Key: YamlScalar { Style: ScalarStyle.DoubleQuoted } }, ..] };
        if (removed.Count + appended.Count == 0)
        {
            return [.. PlanUpdates(section, text, list, edits, _ => new EntryStyle())];
        }

        return
        [
            FlowItems.Rewrite(
                text,
                list,
                i => !removed.Contains(i),
                [.. appended.Select(mapping => EntryWriter.Flow(mapping, asJson))]),
        ];
    }

    private static IEnumerable<Splice> PlanUpdates(
        Section section, string text, YamlSequence list, IReadOnlyList<SectionEdit> edits, Func<YamlMapping, EntryStyle> style)
    {
        var updates = edits.OfType<UpdateEntry>().ToList();
        if (updates.Count == 0)
        {
            yield break;
        }

        var ending = Lines.Ending(text);
        var kept = section.Entries.ToDictionary(entry => entry.Index);
        foreach (var update in updates)
        {
            var node = list.Items[update.Index];
            if (node is not YamlMapping { Pairs.Count: > 0 } entry)
            {
                throw new CannotSpliceException(node.Span.Start, "the entry is written as an alias of another one");
            }

            var current = (PrincipalMapping)kept[update.Index].Mapping;
            foreach (var splice in new FieldEditor(text, entry, style(entry), ending).Plan(update.Username, current.Groups, update.Groups))
            {
                yield return splice;
            }
        }
    }

    // Learnt once for each set of fields, however many entries are written.
    private static Func<IReadOnlyList<string>, EntryStyle> Learner(string text, BlockItems items)
    {
        var known = new Dictionary<string, EntryStyle>(StringComparer.Ordinal);
        return fields =>
        {
            var key = string.Join(' ', fields);
            return known.TryGetValue(key, out var style) ? style : known[key] = EntryStyle.Learn(text, items, fields);
        };
    }

    private static IEnumerable<Mapping> Appended(IReadOnlyList<SectionEdit> edits) =>
        edits.OfType<AppendEntry>().Select(edit => edit.Mapping);

    private static string ArnField(SectionKey key) => key == SectionKey.MapUsers ? "userarn" : "rolearn";

    private static AuthMapException Refuse(Section section, IReadOnlyList<SectionEdit> edits, string flaw)
    {
        var index = edits.Select(edit => edit switch
        {
            UpdateEntry update => update.Index,
            RemoveEntry remove => remove.Index,
            _ => -1,
        }).Max();
        var place = section.Entries.FirstOrDefault(entry => entry.Index == index)?.Position is { } position
            ? $"{section.Key.Name()}:{position}"
            : section.Key.Name();
        return new AuthMapException(FailureKind.Refused, $"{place}: it cannot be edited safely: {flaw}", Hint);
    }
}
