using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AuthMap.EndToEnd;

/// <summary>The users, roles and sessions of all the accounts that the tests have.</summary>
public sealed class Iam
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly ConcurrentDictionary<string, Principal> byAccessKey = new();
    private readonly ConcurrentDictionary<string, IamRole> roles = new();

    /// <summary>Makes a user with an access key.</summary>
    public Principal AddUser(string arn) => Add(new Principal(arn, Id("AIDA"), Id("AKIA"), Secret(30)));

    /// <summary>Makes a role, or replaces it.</summary>
    public IamRole AddRole(string arn, string? externalId = null, string? webIdentityToken = null) =>
        roles[arn] = new IamRole(arn, Id("AROA")) { ExternalId = externalId, WebIdentityToken = webIdentityToken };

    /// <summary>A session of a role, as AssumeRole makes it.</summary>
    public Principal Assume(IamRole role, string sessionName, DateTimeOffset expires)
    {
        var parts = role.Arn.Split(':');
        return Add(new Principal(
            $"arn:{parts[1]}:sts::{parts[4]}:assumed-role/{role.Name}/{sessionName}", $"{role.Id}:{sessionName}", Id("ASIA"), Secret(30))
        {
            SessionToken = Secret(180),
            Expires = expires,
        });
    }

    /// <summary>A session of a new role, for an hour.</summary>
    public Principal AddSession(string roleArn, string sessionName = "tester") =>
        Assume(AddRole(roleArn), sessionName, DateTimeOffset.UtcNow.AddHours(1));

    /// <summary>The session whose unique id begins so.</summary>
    public Principal FindSession(string userId) =>
        byAccessKey.Values.Single(principal => principal.UserId.StartsWith(userId, StringComparison.Ordinal));

    public Principal? Find(string accessKeyId) => byAccessKey.GetValueOrDefault(accessKeyId);

    public IamRole? FindRole(string arn) => roles.GetValueOrDefault(arn);

    private static string Id(string prefix) => prefix + RandomNumberGenerator.GetString(Base32, 16);

    // Base64 as AWS has it, so that every special character of it is on the way.
    private static string Secret(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private Principal Add(Principal principal) => byAccessKey[principal.AccessKeyId] = principal;
}
