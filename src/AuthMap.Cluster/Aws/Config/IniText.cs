namespace AuthMap.Cluster.Aws.Config;

/// <summary>The text of an AWS config or credentials file, read as the AWS CLI reads it.</summary>
internal static class IniText
{
    /// <summary>Reads the sections in their order; of a section that stands twice, and of a key, the last value counts.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>Settings by section. A nested setting (an indented <c>key = value</c> below a key without a value) has the key
    /// <c>parent.key</c>.</returns>
    /// <exception cref="AuthMapException">A line is neither a section, a setting nor a comment.</exception>
    public static Dictionary<string, Dictionary<string, string>> Read(string path, string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        string? parent = null;
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (raw[0] == '[')
            {
                var end = line.IndexOf(']', StringComparison.Ordinal);
                var name = end > 0 ? line[1..end].Trim() : throw Wrong("this section's name has no end");
                section = sections.TryGetValue(name, out var known)
                    ? known
                    : sections[name] = new(StringComparer.OrdinalIgnoreCase);
                parent = null;
                continue;
            }

            if (section is null)
            {
                throw Wrong("a section such as [default] must come first");
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var nested = char.IsWhiteSpace(raw[0]) && parent is not null;
            if (equals <= 0 && nested)
            {
                // The value goes on in this line; none of the settings that matter here is written so.
                continue;
            }

            if (equals <= 0)
            {
                throw Wrong("this is not a setting: key = value");
            }

            var (key, value) = (line[..equals].TrimEnd(), line[(equals + 1)..].TrimStart());
            section[nested ? $"{parent}.{key}" : key] = value;
            parent = nested ? parent : value.Length == 0 ? key : null;
        }

        return sections;

        AuthMapException Wrong(string what) => new(FailureKind.Failed, $"{path}:{number}: {what}", "check with: aws configure list");
    }
}
