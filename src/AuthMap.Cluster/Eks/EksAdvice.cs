using AuthMap.Arns;
using AuthMap.Cluster.Kubernetes;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Guarding;

namespace AuthMap.Cluster.Eks;

/// <summary>Adds to an API server's failures what is known of the cluster and of the caller.</summary>
/// <param name="subject">The cluster and the caller.</param>
/// <param name="cluster">What EKS says about it.</param>
/// <param name="server">Its API server.</param>
internal sealed class EksAdvice(EksSubject subject, ClusterDescription cluster, ApiServer server)
{
    /// <summary>The failure as it should be told.</summary>
    public async ValueTask<AuthMapException> OnAsync(AuthMapException e, CancellationToken cancellationToken) =>
        ApiRefusal.StatusOf(e) switch
        {
            401 => new(Unknown(await subject.CallerAsync(cancellationToken)), e.InnerException),
            403 when e.Failure.Kind == FailureKind.Unauthorized => new(
                e.Failure with { Details = [.. e.Failure.Details, You(await subject.CallerAsync(cancellationToken)), subject.Tried] },
                e.InnerException),
            _ => HasNotAnswered(e) && Networks() is { } networks ? new(Unanswered(e.Failure, networks), e.InnerException) : e,
        };

    /// <summary>Why there may have been no answer in time; the exception itself when nothing is known about that.</summary>
    public Exception OnSilence(OperationCanceledException e)
    {
        var failure = TransportFailure.OfTimeout(e, server);
        return Networks() is { } networks ? new AuthMapException(Unanswered(failure.Failure, networks), e) : e;
    }

    // Certificates and HTTP are the next layer: there somebody has answered.
    private static bool HasNotAnswered(AuthMapException e) => e.InnerException is OperationCanceledException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static Failure Unanswered(Failure failure, (string Fact, string Hint) networks) =>
        failure with { Details = [.. failure.Details, networks.Fact], Hint = networks.Hint };

    /// <summary>From where the endpoint can be reached, when that is not from everywhere.</summary>
    private (string Fact, string Hint)? Networks() => cluster switch
    {
        { EndpointPublicAccess: false } => (
            "its endpoint is private: it answers inside of the cluster's network alone",
            "call it from there: from a host in the VPC, through a VPN or a bastion"),
        { PublicNetworks: { } networks } => (
            $"its public endpoint lets in {networks} alone",
            "call it from there, or from inside of the cluster's network"),
        _ => null,
    };

    private Failure Unknown(string? caller) => new(
        FailureKind.Unauthorized,
        $"{subject.Name} does not know you: 401 from its API server",
        [You(caller), subject.Tried],
        cluster.Mode == AuthenticationMode.Api
            ? $"its authentication mode is API, so it takes an access entry: aws eks create-access-entry --cluster-name {subject.Name} "
                + $"--region {subject.Session.Region} --principal-arn {Principal(caller)}"
            : $"someone who can enter may run: authmap create iamidentitymapping {subject.Options} --arn {Principal(caller)} --username …");

    private static string You(string? caller) => caller is null ? "who you are could not be learnt from STS" : $"you are {caller}";

    /// <summary>The ARN that is mapped for a caller: a session enters by its role.</summary>
    private static string Principal(string? caller) =>
        caller is not null
        && CanonicalArn.TryParse(caller, out var canonical, out _)
        && canonical.Type is PrincipalType.User or PrincipalType.Role or PrincipalType.AssumedRole
            ? ShellWord.Of(canonical.Text)
            : "ARN";
}
