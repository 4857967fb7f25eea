using System.Net;
using System.Net.Sockets;
using Amazon.EKS;
using Amazon.EKS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AuthMap.Cluster.Eks;

/// <summary>Turns what goes wrong between us and the EKS API into a failure that people understand.</summary>
internal static class EksFailure
{
    // Codes of every AWS service: the signature, or the credentials behind it, are not accepted.
    private static readonly string[] BadCredentials =
    [
        "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch",
        "IncompleteSignature", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "ExpiredToken",
        "ExpiredTokenException", "InvalidToken", "AuthFailure", "RequestExpired",
    ];

    /// <summary>Where the EKS API is.</summary>
    /// <exception cref="AuthMapException">There is no such place, as a FIPS endpoint where there is none.</exception>
    public static Uri Address(AmazonEKSClient client)
    {
        try
        {
            return new(client.Config.DetermineServiceOperationEndpoint(
                new ServiceOperationEndpointParameters(new DescribeClusterRequest())).URL);
        }
        catch (Exception e) when (e is AmazonClientException or UriFormatException)
        {
            throw new AuthMapException(new Failure(FailureKind.Usage, $"there is no way to the EKS API: {OneLine(e.Message)}"), e);
        }
    }

    /// <summary>The failure behind a call that the SDK has given up.</summary>
    public static async ValueTask<AuthMapException> OfAsync(
        Exception e, AmazonEKSClient client, EksSubject subject, CancellationToken cancellationToken)
    {
        // Credentials are made while a call is under way; what is wrong with them has been said well already.
        for (var cause = e.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthMapException known)
            {
                return known;
            }
        }

        return new(e is AmazonServiceException { StatusCode: not 0 } answer
            ? await OfAnswerAsync(answer, subject, cancellationToken)
            : NoWay(e, client, subject), e);
    }

    /// <summary>The failure when the time was up before an answer came.</summary>
    public static Failure NoAnswer(AmazonEKSClient client, EksSubject subject) => new(
        FailureKind.Unreachable,
        $"no answer from the EKS API at {Address(client).Authority}",
        [subject.Tried],
        "may you reach it from here (proxy, firewall, VPC endpoint)? allow more time with --timeout");

    private static async ValueTask<Failure> OfAnswerAsync(
        AmazonServiceException e, EksSubject subject, CancellationToken cancellationToken)
    {
        var said = OneLine(e.Message);
        if (BadCredentials.Contains(e.ErrorCode))
        {
            return new(
                FailureKind.Unauthorized,
                "AWS does not accept your credentials",
                [$"{e.ErrorCode}: {said}", subject.Tried],
                "log in again, or choose others with --profile");
        }

        return e switch
        {
            AccessDeniedException or { StatusCode: HttpStatusCode.Forbidden } => new(
                FailureKind.Unauthorized,
                $"AWS does not let you ask for {subject.Target}: it takes eks:DescribeCluster",
                [said, .. await YouAsync(said, subject, cancellationToken), subject.Tried],
                $"ask an administrator to allow the action eks:DescribeCluster on the cluster {subject.Name}"),
            InvalidParameterException => new(FailureKind.Failed, $"EKS does not take the name {subject.Name}", [said, subject.Tried], null),
            { StatusCode: HttpStatusCode.TooManyRequests } or { ErrorCode: "ThrottlingException" or "Throttling" } => new(
                FailureKind.Unreachable,
                $"the EKS API is asked too often and puts {subject.Target} off",
                [said, subject.Tried],
                "try again later"),
            { StatusCode: >= HttpStatusCode.InternalServerError } => new(
                FailureKind.Unreachable,
                $"the EKS API cannot answer at the moment: {(int)e.StatusCode}",
                [said, subject.Tried],
                "try again later"),
            _ => new(
                FailureKind.Failed,
                $"EKS does not describe {subject.Target}: {e.ErrorCode ?? $"{(int)e.StatusCode}"}",
                [said, subject.Tried],
                null),
        };
    }

    // AWS mostly says itself who is not allowed.
    private static async ValueTask<string[]> YouAsync(string said, EksSubject subject, CancellationToken cancellationToken) =>
        !said.Contains("arn:", StringComparison.Ordinal) && await subject.CallerAsync(cancellationToken) is { } caller
            ? [$"you are {caller}"]
            : [];

    private static Failure NoWay(Exception e, AmazonEKSClient client, EksSubject subject)
    {
        var address = Address(client);
        var cause = e.GetBaseException();
        var (reason, hint) = cause switch
        {
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                ($"there is no host {address.Host}", $"is the region {subject.Session.Region} right, and the network up?"),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => ("connection refused", Reach),
            OperationCanceledException or TimeoutException => ("no answer", Reach),
            _ => (OneLine(cause.Message).TrimEnd('.'), Reach),
        };
        return new(FailureKind.Unreachable, $"cannot reach the EKS API at {address.Authority}: {reason}", [subject.Tried], hint);
    }

    private const string Reach = "may you reach it from here (proxy, firewall, VPC endpoint)?";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
