namespace AuthMap.EndToEnd;

/// <summary>What must not be found in anything that is shown or kept.</summary>
internal static class Secrets
{
    /// <summary>Somebody's keys, as they are and as they look in a URL; and the beginning of every token.</summary>
    public static IEnumerable<string> Of(Principal principal)
    {
        yield return "k8s-aws-v1.";
        yield return "X-Amz-Signature";
        yield return "Signature=";
        foreach (var secret in new[] { principal.SecretAccessKey, principal.SessionToken })
        {
            if (secret is not null)
            {
                yield return secret;
                yield return Uri.EscapeDataString(secret);
            }
        }
    }
}
