using System.Text;
using System.Text.RegularExpressions;

namespace AuthMap.EndToEnd;

/// <summary>
/// STS: the query protocol, signed for the service <c>sts</c>, by POST or as a presigned GET. It answers in XML, or in JSON to who
/// asks for that, as the authenticator does.
/// </summary>
public sealed partial class Sts(Iam iam, AwsClock clock) : AwsService(iam, clock)
{
    private readonly SignatureVerifier verifier = new(iam, "sts", clock, TimeSpan.FromMinutes(15));

    internal override Answer Respond(AwsRequest request)
    {
        var parameters = new StsParameters(
            request.Method == "POST" ? ReadForm(Encoding.UTF8.GetString(request.Body)) : request.Parameters);
        var action = parameters["Action"];
        StsFields result = action switch
        {
            "GetCallerIdentity" => WhoIs(Authenticate(request)),
            "AssumeRole" => AssumeRole(Authenticate(request), parameters),
            "AssumeRoleWithWebIdentity" => AssumeRoleWithWebIdentity(parameters),
            _ => throw Refuse(400, "InvalidAction", $"Could not find operation {action} for version {parameters["Version"]}"),
        };
        return StsAnswer.Result(request, action!, result);
    }

    internal override Answer Write(AwsError error, AwsRequest request) => StsAnswer.Error(request, error);

    private Principal Authenticate(AwsRequest request)
    {
        try
        {
            var caller = verifier.Verify(request);
            if (StsHost.RegionOf(request["host"] ?? "") is { } region && region != caller.Region)
            {
                throw Refuse(403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region.");
            }

            return caller.Principal;
        }
        catch (SignatureException exception)
        {
            var code = exception.Fault switch
            {
                SignatureFault.Missing => "MissingAuthenticationToken",
                SignatureFault.Incomplete => "IncompleteSignature",
                SignatureFault.UnknownKey => "InvalidClientTokenId",
                SignatureFault.ExpiredSession => "ExpiredToken",
                _ => "SignatureDoesNotMatch",
            };
            throw Refuse(403, code, exception.Message);
        }
    }

    private static StsFields WhoIs(Principal caller) =>
        new(("Arn", caller.Arn), ("UserId", caller.UserId), ("Account", caller.Account));

    private StsFields AssumeRole(Principal caller, StsParameters parameters)
    {
        var arn = parameters["RoleArn"] ?? "";
        var role = Iam.FindRole(arn);
        return role is not null && role.ExternalId == parameters["ExternalId"]
            ? NewSession(role, parameters)
            : throw new AwsErrorException(AwsError.AccessDenied(caller.Arn, "sts:AssumeRole", arn));
    }

    // Nobody signs this one: the token is the proof.
    private StsFields AssumeRoleWithWebIdentity(StsParameters parameters)
    {
        var role = Iam.FindRole(parameters["RoleArn"] ?? "");
        return role?.WebIdentityToken is not null && role.WebIdentityToken == parameters["WebIdentityToken"]
            ? NewSession(role, parameters)
            : throw Refuse(400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for the token's issuer");
    }

    private StsFields NewSession(IamRole role, StsParameters parameters)
    {
        var name = parameters["RoleSessionName"] ?? "";
        if (!SessionName().IsMatch(name))
        {
            throw Refuse(400, "ValidationError",
                $"1 validation error detected: Value '{name}' at 'roleSessionName' failed to satisfy constraint: "
                + @"Member must satisfy regular expression pattern: [\w+=,.@-]*");
        }

        var seconds = int.Parse(parameters["DurationSeconds"] ?? "3600");
        var session = Iam.Assume(role, name, Clock.GetUtcNow().AddSeconds(seconds));
        return new(
            ("AssumedRoleUser", new StsFields(("AssumedRoleId", session.UserId), ("Arn", session.Arn))),
            ("Credentials", new StsFields(
                ("AccessKeyId", session.AccessKeyId),
                ("SecretAccessKey", session.SecretAccessKey),
                ("SessionToken", session.SessionToken!),
                ("Expiration", session.Expires!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))));
    }

    private static AwsErrorException Refuse(int status, string code, string message) => new(new AwsError(status, code, message));

    private static IReadOnlyList<(string Name, string Value)> ReadForm(string body) =>
        AwsRequest.ReadParameters(body.Replace('+', ' '));

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}$", RegexOptions.ECMAScript)]
    private static partial Regex SessionName();
}

/// <summary>The parameters of a request, each of them once.</summary>
internal sealed class StsParameters(IReadOnlyList<(string Name, string Value)> parameters)
{
    public string? this[string name] => parameters.SingleOrDefault(parameter => parameter.Name == name).Value;
}
