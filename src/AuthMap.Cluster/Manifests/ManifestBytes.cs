using System.Text;

namespace AuthMap.Cluster.Manifests;

/// <summary>The bytes of a manifest and what they say.</summary>
/// <param name="Text">The text, a byte order mark included.</param>
/// <param name="Version">Their <see cref="Fingerprint"/>.</param>
internal sealed record ManifestBytes(string Text, string Version)
{
    /// <summary>The largest manifest, in bytes; an API server takes no object over 1.5 MB.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8 without mercy: a replaced character could not be written back.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Refused"/>: not text, or too long.</exception>
    public static ManifestBytes Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (bytes.Length > MaxLength)
        {
            throw new AuthMapException(FailureKind.Refused, $"{fileName} is larger than {MaxLength >> 20} MiB; no manifest is");
        }

        var binary = bytes.IndexOf((byte)0);
        if (binary >= 0)
        {
            throw new AuthMapException(
                FailureKind.Refused,
                $"{fileName} is not a text file: byte {binary + 1} is zero",
                bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
                    ? "it looks like UTF-16; save it as UTF-8"
                    : "a manifest is YAML or JSON in UTF-8");
        }

        try
        {
            return new(Strict.GetString(bytes), Fingerprint.Of(bytes));
        }
        catch (DecoderFallbackException exception)
        {
            var message = $"{fileName} is not UTF-8: byte {exception.Index + 1} fits no character";
            throw new AuthMapException(new Failure(FailureKind.Refused, message, "save it as UTF-8"), exception);
        }
    }

    /// <summary>The bytes of a text that came from <see cref="Decode"/> or was made from one.</summary>
    public static byte[] Encode(string text) => Strict.GetBytes(text);

    /// <summary>Reads a stream to its end, or until it is clear that it is too long.</summary>
    public static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        do
        {
            count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            bytes.Write(buffer, 0, count);
        }
        while (count > 0 && bytes.Length <= MaxLength);

        return bytes.ToArray();
    }
}
