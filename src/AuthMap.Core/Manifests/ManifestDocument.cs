using System.Collections.Concurrent;
using AuthMap.Documents;
using AuthMap.Documents.Splicing;
using YamlDotNet.Core;

namespace AuthMap.Manifests;

/// <summary>A manifest file as text, with the ConfigMap <c>kube-system/aws-auth</c> found in it.</summary>
/// <remarks>
/// The file may hold several documents, in block or flow style; the ConfigMap may stand in the items of a list; JSON is read as the
/// YAML that it is.
/// </remarks>
public sealed class ManifestDocument
{
    private const string ByteOrderMark = "\ufeff";

    private readonly SourceText _source;
    private readonly string _mark;
    private readonly IReadOnlyList<YamlNode> _documents;
    private readonly FoundConfigMap _found;
    private readonly ConfigMapData _data;

    // Every entry of a map asks for its place, so a key's text is taken apart once and not for each of them.
    private readonly ConcurrentDictionary<string, Func<TextPosition, TextPosition>> _places = new(StringComparer.Ordinal);

    private ManifestDocument(string mark, SourceText source, IReadOnlyList<YamlNode> documents, FoundConfigMap found)
    {
        (_mark, _source, _documents, _found) = (mark, source, documents, found);
        _data = ConfigMapData.Read(source, found.Root);
        Data = _data.Entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>The ConfigMap's <c>data</c> as an API server reads it.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    /// <summary>The whole text of the file.</summary>
    public string Text => _mark + _source.Text;

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">The file's text; a byte order mark is allowed.</param>
    /// <param name="fileName">The file's name in messages.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.NotFound"/>: no aws-auth in it; says what is.
    /// <see cref="FailureKind.Refused"/>: not readable as YAML, two aws-auth, or <c>data</c> that an API server rejects; names file,
    /// line and column.</exception>
    public static ManifestDocument Parse(string text, string fileName)
    {
        var (mark, source) = Open(text, fileName);
        var documents = YamlReader.Read(source);
        var found = ConfigMapFinder.Find(source, documents)
            ?? throw new AuthMapException(ConfigMapFinder.NotFound(source, documents));
        return new(mark, source, documents, found);
    }

    /// <summary>A manifest of its own for a map: YAML that an API server reads as exactly these texts.</summary>
    /// <param name="data">The ConfigMap's <c>data</c>.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: a text cannot stand in YAML.</exception>
    public static string Of(IReadOnlyDictionary<string, string> data)
    {
        using var manifest = new StringWriter();
        Write(manifest, data);
        return manifest.ToString();
    }

    /// <summary>Writes a manifest of its own for a map, as <see cref="Of"/> makes it, and never a part of one.</summary>
    /// <param name="output">Gets it in many small pieces.</param>
    /// <param name="data">The ConfigMap's <c>data</c>.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: a text cannot stand in YAML; nothing is written.</exception>
    public static void Write(TextWriter output, IReadOnlyDictionary<string, string> data)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!FreshManifest.TryWrite(output, data))
        {
            output.Write(Spliced(data));
        }
    }

    /// <summary>The same, as an edit of an empty manifest, with the proof that belongs to one.</summary>
    internal static string Spliced(IReadOnlyDictionary<string, string> data)
    {
        const string Name = "aws-auth";
        return Parse(Init(null, Name), Name).With(data).Document.Text;
    }

    /// <summary>A manifest with an empty aws-auth: a new one, or an existing one with a further document.</summary>
    /// <param name="existingText">The text of the file; null when there is none.</param>
    /// <param name="fileName">The file's name in messages.</param>
    /// <returns>The new text; the existing one when it holds an aws-auth already.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: the file cannot be read or cannot take another
    /// document.</exception>
    public static string Init(string? existingText, string fileName)
    {
        var (mark, source) = Open(existingText ?? "", fileName);
        var documents = YamlReader.Read(source);
        if (ConfigMapFinder.Find(source, documents) is not null)
        {
            return existingText!;
        }

        if (source.Text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            throw new AuthMapException(
                FailureKind.Refused,
                $"{fileName} is JSON without aws-auth, and JSON takes no second document",
                "use another file; --init makes it");
        }

        if (documents.FirstOrDefault(document => !document.IsEmpty && document is not YamlMapping) is { } other)
        {
            throw source.Refuse(other.Start, "not a Kubernetes object, so this is no manifest", "use another file; --init makes it");
        }

        var lineBreak = source.LineBreakAt(source.Text.Length);
        var text = source.Text
            + (source.EndsOpen(source.Text.Length) ? lineBreak : "")
            + (documents.Count > 0 ? "---" + lineBreak : "")
            + FreshManifest.Empty.ReplaceLineEndings(lineBreak);
        var proof = YamlReader.Read(new SourceText(text, fileName));
        return proof.Count == documents.Count + 1 && documents.Zip(proof).All(pair => pair.First.SameAs(pair.Second, null, null))
            ? mark + text
            : throw new AuthMapException(
                FailureKind.Refused,
                $"{fileName} cannot take another document without a change to its last one",
                source.EndsOpen(source.Text.Length)
                    ? "end its last line with a line break, which adds one to the text there; then try again"
                    : "use another file; --init makes it");
    }

    /// <summary>
    /// Gives keys of <c>data</c> new texts and leaves everything else in the file byte for byte. What comes out is read again and
    /// proven to hold exactly the new data and the same other content.
    /// </summary>
    /// <param name="patch">Keys with their new texts; a key that is absent is added.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: that cannot be done safely; names file, line and
    /// reason.</exception>
    public ManifestEdit With(IReadOnlyDictionary<string, string> patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var edit = new ManifestEdit(this, []);
        var sections = SectionKeys.All.Select(SectionKeys.Name).ToList();
        var ordered = patch.OrderBy(item => sections.IndexOf(item.Key)).ThenBy(item => item.Key, StringComparer.Ordinal);
        foreach (var (key, value) in ordered)
        {
            if (edit.Document.Data.GetValueOrDefault(key) != value)
            {
                var (document, notices) = edit.Document.With(key, value);
                edit = new(document, [.. edit.Notices, .. notices]);
            }
        }

        return edit;
    }

    /// <summary>Where a place in a key's text stands in the file. In folded and plain text: where the value starts.</summary>
    /// <param name="key">The key; when it is absent, the place is that of the ConfigMap.</param>
    /// <param name="position">The place in its text.</param>
    public TextPosition Locate(SectionKey key, TextPosition position) => Locate(key.Name(), position);

    /// <summary>As <see cref="Locate(SectionKey, TextPosition)"/>, for any key of <c>data</c>.</summary>
    /// <param name="key">The key's name; when it is absent, the place is that of the ConfigMap.</param>
    /// <param name="position">The place in its text.</param>
    public TextPosition Locate(string key, TextPosition position) => _places.GetOrAdd(key, PlacesOf)(position);

    private Func<TextPosition, TextPosition> PlacesOf(string key)
    {
        if (_data[key] is not { } entry || _data.Mapping is not { } mapping)
        {
            return _ => _source.PositionOf(_found.Root.Start);
        }

        var start = ValueEdit.TokenOf(_source, entry.Scalar).Start;
        switch (entry.Scalar.Style)
        {
            case ScalarStyle.Literal when entry.ValueNode is not YamlAlias:
                var block = BlockScalar.Read(_source, start, ValueEdit.IndentOf(_source, mapping));
                return position =>
                {
                    var line = block.Lines.ElementAtOrDefault(Math.Min(position.Line, block.Lines.Count) - 1);
                    var offset = Math.Min(line.Start + block.Indent + position.Column - 1, _source.LineContentEnd(line.Start));
                    return _source.PositionOf(line.Length == 0 ? start : offset);
                };
            case ScalarStyle.DoubleQuoted:
                var quoted = QuotedText.Read(_source.Text, start);
                var value = new SourceText(quoted.Value, "");
                return position => _source.PositionOf(quoted.OffsetOf(value.OffsetOf(position)));
            default:
                return _ => _source.PositionOf(start);
        }
    }

    private static (string Mark, SourceText Source) Open(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = text.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? ByteOrderMark : "";
        return (mark, new SourceText(text[mark.Length..], fileName));
    }

    private (ManifestDocument Document, IReadOnlyList<Notice> Notices) With(string key, string value)
    {
        var entry = _data[key];
        RefuseShared(entry);
        if (value.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && HasLoneSurrogate(value))
        {
            throw _source.Refuse(_found.Root.Start, $"the new {key} holds half a surrogate pair, which no file can hold");
        }

        var unit = Unit();
        var candidates = entry is null
            ? KeyInsertion.Candidates(_source, _found.Root, _data, unit, key, value)
            : ValueEdit.Candidates(_source, _data.Mapping!, entry, unit, value);
        foreach (var candidate in candidates)
        {
            if (Proven(Splice.Apply(_source.Text, candidate.Splices, dropFinalEnding: false), key, value) is { } document)
            {
                return (document, candidate.Form is null
                    ? []
                    : [Notice.Note($"{key} is now {candidate.Form}: its old form cannot hold the new text")]);
            }
        }

        throw _source.Refuse(
            (entry?.KeyNode ?? _found.Root).Start,
            $"{key} cannot be changed here without a risk to the rest of the file",
            $"write it as a literal block ({key}: |) and try again");
    }

    /// <summary>The document that this text is, if it is this one with one key of the data changed; else null.</summary>
    private ManifestDocument? Proven(string text, string key, string value)
    {
        ManifestDocument other;
        try
        {
            other = Parse(_mark + text, _source.FileName);
        }
        catch (AuthMapException)
        {
            return null;
        }

        var expected = new Dictionary<string, string>(Data, StringComparer.Ordinal) { [key] = value };
        return expected.Count == other.Data.Count
            && expected.All(pair => other.Data.TryGetValue(pair.Key, out var found) && found == pair.Value)
            && _documents.Count == other._documents.Count
            && _documents.Zip(other._documents).All(pair => pair.First.SameAs(pair.Second, _found.Root, other._found.Root))
            ? other
            : null;
    }

    private void RefuseShared(DataEntry? entry)
    {
        IEnumerable<YamlNode?> path = [.. _found.Around, _found.Root, _data.Node, entry?.ValueNode];
        if (path.FirstOrDefault(node => node is YamlAlias or { Aliased: true }) is { } shared)
        {
            throw _source.Refuse(
                shared.Start,
                shared is YamlAlias
                    ? "this text stands elsewhere in the file, behind an alias (*); authmap does not edit it"
                    : $"this text is used elsewhere in the file, by its anchor &{shared.Anchor}; authmap does not edit it",
                "write the text out in place of the alias");
        }
    }

    /// <summary>How much deeper than its key a value is written: as another one of the data, else as the data itself.</summary>
    private int Unit()
    {
        if (_data.Mapping is not { Flow: false } mapping)
        {
            return 2;
        }

        var indent = ValueEdit.IndentOf(_source, mapping);
        var sibling = _data.Entries.FirstOrDefault(
            entry => entry.ValueNode is YamlScalar { Style: ScalarStyle.Literal, Value.Length: > 0 });
        var unit = sibling is null
            ? indent - ValueEdit.IndentOf(_source, _found.Root)
            : BlockScalar.Read(_source, ValueEdit.TokenOf(_source, sibling.Scalar).Start, indent).Indent - indent;
        return unit is >= 1 and <= 9 ? unit : 2;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A changed manifest.</summary>
/// <param name="Document">The manifest with the change in it.</param>
/// <param name="Notices">What changed beside the text itself.</param>
public sealed record ManifestEdit(ManifestDocument Document, IReadOnlyList<Notice> Notices);
