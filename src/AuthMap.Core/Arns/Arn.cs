using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthMap.Arns;

/// <summary>An Amazon resource name, split at its first five colons as the AWS SDKs split it; nothing in the parts is checked.</summary>
/// <param name="Partition">For example <c>aws</c> or <c>aws-cn</c>.</param>
/// <param name="Service">For example <c>iam</c>.</param>
/// <param name="Region">Empty for IAM and, in a caller's ARN, for STS.</param>
/// <param name="Account">An account id, or empty.</param>
/// <param name="Resource">The rest, colons included.</param>
public sealed record Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>How many parts there are, <c>arn</c> itself included.</summary>
    internal const int Parts = 6;

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arn">The parts.</param>
    /// <param name="reason">Why it is not an ARN, as the end of a sentence that begins with the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Arn? arn, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        arn = null;
        reason = null;
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            reason = "does not begin with arn:";
            return false;
        }

        Span<Range> parts = stackalloc Range[Parts];
        if (!TrySplit(text, parts))
        {
            reason = "has too few parts: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE is the form";
            return false;
        }

        arn = new(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]);
        return true;
    }

    /// <summary>Splits a text without making anything of the parts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parts">Gets where they are; the first is <c>arn</c>, the others follow in the order of the record.</param>
    internal static bool TrySplit(ReadOnlySpan<char> text, Span<Range> parts) =>
        text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(parts, ':') == Parts;

    /// <summary>The ARN as text.</summary>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";

    /// <summary>
    /// The form under which aws-iam-authenticator finds an ARN: two ARNs are the same to it when their keys are equal. It compares
    /// by Unicode simple case folding, which for two letters outside ASCII (U+017F, U+212A) is not what .NET's comparisons do.
    /// </summary>
    /// <param name="arn">An ARN, or whatever stands in an ARN's place.</param>
    public static string LookupKey(string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        if (!Ascii.IsValid(arn))
        {
            return arn.ToLowerInvariant().Replace('\u017F', 's').Replace('\u212A', 'k');
        }

        // As ToLowerInvariant, which without the globalization data goes character by character.
        return arn.AsSpan().ContainsAnyInRange('A', 'Z')
            ? string.Create(arn.Length, arn, static (lower, text) => Ascii.ToLower(text, lower, out _))
            : arn;
    }
}
