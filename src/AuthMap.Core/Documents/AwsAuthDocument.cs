using AuthMap.Authenticator;

namespace AuthMap.Documents;

/// <summary>The ConfigMap <c>kube-system/aws-auth</c> as text that remembers itself, read as the authenticator reads it.</summary>
public sealed class AwsAuthDocument
{
    private readonly Section[] _sections;
    private readonly Func<SectionKey, TextPosition, TextPosition>? _locate;

    private AwsAuthDocument(
        IReadOnlyDictionary<string, string> data, Section[] sections, Func<SectionKey, TextPosition, TextPosition>? locate)
    {
        Data = data;
        _sections = sections;
        _locate = locate;
    }

    /// <summary>The ConfigMap's <c>data</c>, foreign keys included, as it was given.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    /// <summary>The three sections, in the order the authenticator asks them: roles, users, accounts.</summary>
    public IReadOnlyList<Section> Sections => _sections;

    /// <summary>One section; without text when the key is absent.</summary>
    /// <param name="key">Its key.</param>
    public Section this[SectionKey key] => _sections[(int)key];

    /// <summary>Reads a map. Nothing in it makes this throw: what cannot be read becomes a <see cref="Fault"/>.</summary>
    /// <param name="data">The ConfigMap's <c>data</c>.</param>
    /// <param name="locate">Turns a place in a key's text into the place in the file that holds it; null where there is no file.</param>
    public static AwsAuthDocument Parse(
        IReadOnlyDictionary<string, string> data, Func<SectionKey, TextPosition, TextPosition>? locate = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data, [.. SectionKeys.All.Select(key => Decoder.Decode(key, data.GetValueOrDefault(key.Name())))], locate);
    }

    /// <summary>The line of a place as people find it: in the file where there is one, else in the key's text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="position">The place in its text.</param>
    public int LineOf(SectionKey key, TextPosition position) => (_locate?.Invoke(key, position) ?? position).Line;

    /// <summary>The same map with one key's text replaced; the other sections are not read again.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">Its new text.</param>
    public AwsAuthDocument With(SectionKey key, string text) => With(Decoder.Decode(key, text));

    /// <summary>The same map with one section replaced, which has been read already and has a text.</summary>
    internal AwsAuthDocument With(Section section)
    {
        var data = new Dictionary<string, string>(Data, StringComparer.Ordinal) { [section.Key.Name()] = section.Text! };
        var sections = (Section[])_sections.Clone();
        sections[(int)section.Key] = section;
        // The lines of the new text are not in the file yet.
        return new(data, sections, locate: null);
    }
}
