using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Xml;
using Amazon.Runtime;

namespace AuthMap.Cluster.Aws;

/// <summary>What the SDK's exceptions mean to people.</summary>
internal static partial class AwsFailure
{
    private const int LongestQuote = 300;

    /// <summary>Whether an exception is a failure of a call, which <see cref="Of"/> translates; not a cancellation, and not a failure
    /// that has been translated already.</summary>
    public static bool IsExpected(Exception e) =>
        e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or XmlException
            or OperationCanceledException { InnerException: TimeoutException };

    /// <summary>The failure of a call.</summary>
    /// <param name="e">What the SDK threw.</param>
    /// <param name="verb">What was tried, after "cannot": <c>describe the cluster "c1"</c>.</param>
    /// <param name="tried">With what: profile and region.</param>
    public static AuthMapException Of(Exception e, string verb, string tried) => e switch
    {
        AuthMapException known => known,
        AmazonServiceException { StatusCode: not 0 } service => OfService(service, verb, tried),
        AmazonClientException when e.Message.Contains("already expired", StringComparison.Ordinal) => new(
            new Failure(
                FailureKind.Unauthorized,
                $"the AWS credentials have expired ({tried})",
                "get new ones: sign in again, or look at what the credential_process prints"),
            e),
        XmlException => new(
            new Failure(
                FailureKind.Failed,
                $"cannot {verb}: what answers does not answer as AWS does ({tried})",
                Lines(e.Message),
                "does AWS_ENDPOINT_URL or a proxy lead to something else?"),
            e),
        _ => OfTransport(e, verb, tried),
    };

    /// <summary>The failure to assume a role.</summary>
    /// <param name="e">What the SDK threw.</param>
    /// <param name="role">The role's ARN.</param>
    /// <param name="origin">Who wants to assume it.</param>
    public static AuthMapException OfRole(Exception e, string role, string origin) =>
        e is AmazonServiceException { ErrorCode: "AccessDenied" or "AccessDeniedException" }
            ? new(
                new Failure(
                    FailureKind.Unauthorized,
                    $"the role {role} may not be assumed ({origin})",
                    [e.Message],
                    "the caller needs sts:AssumeRole on it, and the role's trust policy must let the caller in"),
                e)
            : Of(e, $"assume the role {role}", origin);

    /// <summary>The failure of a profile's credential_process.</summary>
    public static AuthMapException OfProcess(ProcessAWSCredentialException e, string profile) => new(
        new Failure(FailureKind.Unauthorized, $"the credential_process of profile \"{profile}\" failed", Lines(e.Message), "run it by itself to see what it says"), e);

    /// <summary>The action that IAM says is missing, for example <c>eks:DescribeCluster</c>; null when the message names none.</summary>
    public static string? MissingAction(string message) =>
        Missing().Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    private static AuthMapException OfService(AmazonServiceException e, string verb, string tried)
    {
        var code = string.IsNullOrEmpty(e.ErrorCode) ? $"HTTP {(int)e.StatusCode}" : e.ErrorCode;
        var (kind, message, hint) = code switch
        {
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => (
                FailureKind.Unauthorized,
                $"the AWS credentials have expired ({tried})",
                "get new ones: sign in again, or renew the environment's"),
            "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "ForbiddenException" => (
                FailureKind.Unauthorized,
                $"you may not {verb} ({tried})",
                MissingAction(e.Message) is { } action ? $"it takes {action}" : null),
            "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidAccessKeyId" or "InvalidIdentityToken"
                or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "IDPRejectedClaim" => (
                FailureKind.Unauthorized,
                $"AWS does not know these credentials ({tried})",
                "are they of this partition, still active, and is the region enabled for the account?"),
            "SignatureDoesNotMatch" or "InvalidSignatureException" or "RequestTimeTooSkewed" or "RequestInTheFuture" or "AuthFailure" => (
                FailureKind.Unauthorized,
                $"AWS does not accept the signature ({tried})",
                (string?)"is the secret access key complete, and the clock right?"),
            _ when e.StatusCode == HttpStatusCode.TooManyRequests || code.StartsWith("Throttling", StringComparison.Ordinal) => (
                FailureKind.Unreachable, $"cannot {verb}: AWS throttles the calls ({tried})", "try again in a while"),
            _ when (int)e.StatusCode >= 500 => (
                FailureKind.Unreachable, $"cannot {verb}: AWS has a fault, {(int)e.StatusCode} ({tried})", "try again in a while"),
            _ => (FailureKind.Failed, $"cannot {verb} ({tried})", null),
        };
        return new(new Failure(kind, message, [$"{code}: {OneLine(e.Message)}"], hint), e);
    }

    // It may be a whole page, when something else than AWS answers.
    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
    }

    private static AuthMapException OfTransport(Exception e, string verb, string tried)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            var reason = inner switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host is not known",
                HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } http =>
                    $"no TLS connection: {(http.InnerException?.InnerException ?? http.InnerException ?? http).Message.TrimEnd('.')}",
                HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } http =>
                    $"the proxy does not connect: {http.Message.TrimEnd('.')}",
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
                OperationCanceledException or TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut } =>
                    "no answer",
                HttpRequestException { StatusCode: null, InnerException: null } or IOException => inner.Message.TrimEnd('.'),
                _ => null,
            };
            if (reason is not null)
            {
                return new(new Failure(FailureKind.Unreachable, $"cannot {verb}: {reason} ({tried})", Hint(reason)), e);
            }
        }

        return new(new Failure(FailureKind.Failed, $"cannot {verb} ({tried})", Lines(e.Message), null), e);
    }

    private static string? Hint(string reason) => reason switch
    {
        "its host is not known" => "is the region right, and the network up?",
        _ when reason.StartsWith("no TLS", StringComparison.Ordinal) => "a proxy that inspects TLS needs its authority in AWS_CA_BUNDLE",
        _ => "is the network up, and does it take a proxy (HTTPS_PROXY)?",
    };

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9*]+)")]
    private static partial Regex Missing();
}
