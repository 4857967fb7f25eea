using AuthMap.Arns;

namespace AuthMap.EndToEnd;

/// <summary>What an authenticator makes of STS's answer.</summary>
/// <param name="CanonicalArn">What the entries of aws-auth are compared with.</param>
/// <param name="SessionName">Of a role's session only; empty otherwise.</param>
internal sealed record CallerIdentity(
    string Arn, string CanonicalArn, string Account, string UserId, string SessionName, string AccessKeyId)
{
    public static CallerIdentity Read(string arn, string account, string userId, string accessKeyId)
    {
        if (!Arns.CanonicalArn.TryParse(arn, out var canonical, out var reason))
        {
            throw new TokenRefusedException($"{arn} {reason}");
        }

        if (canonical.Type is not (PrincipalType.AssumedRole or PrincipalType.Role))
        {
            return new(arn, canonical.Text, account, userId, "", accessKeyId);
        }

        return userId.Split(':') is [var id, var session]
            ? new(arn, canonical.Text, account, id, session, accessKeyId)
            : throw new TokenRefusedException($"malformed UserID {userId}");
    }
}
