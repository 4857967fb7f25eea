using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Rbac;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Turns an API server's no about an RBAC object into a failure that people understand.</summary>
internal static class RbacRefusal
{
    // How the API server words its guard against escalation (its package rbac/escalation check, for Roles and bindings).
    private const string Escalation = "attempting to grant RBAC permissions not currently held";

    /// <summary>The failure that an answer means.</summary>
    /// <param name="answer">An answer that is not a success.</param>
    /// <param name="target">The cluster's name.</param>
    /// <param name="verb">What was asked, as RBAC calls it: get, patch, create, delete.</param>
    /// <param name="key">The object.</param>
    public static AuthMapException Of(ApiAnswer answer, string target, string verb, ObjectKey key)
    {
        var general = ApiRefusal.Of(answer, target, verb);
        if (ApiRefusal.Status(answer) is null || answer.Status == 401 || general.Failure.Kind == FailureKind.Refused)
        {
            return general;
        }

        // What may not be granted is listed rule by rule, a line each.
        string[] said = [.. ApiRefusal.Said(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return new(answer.Status switch
        {
            403 when ApiRefusal.Said(answer).Contains(Escalation, StringComparison.Ordinal) => new Failure(
                FailureKind.Unauthorized,
                $"{target} does not let you {verb} {key}: it allows more than you may do yourself",
                said,
                key.Kind == RbacKind.Role
                    ? $"let a cluster administrator do it, or have the verb escalate on roles in the namespace {key.Namespace}"
                    : $"let a cluster administrator do it, or have the verb bind on the role {key.Name} in the namespace {key.Namespace}"),
            403 => new Failure(
                FailureKind.Unauthorized,
                $"{target} does not let you {verb} {key}",
                said,
                $"it takes the verb {verb} on {Resource(key)}.rbac.authorization.k8s.io in the namespace {key.Namespace}"),
            404 => new Failure(FailureKind.NotFound, $"{target} has no namespace {key.Namespace}", said, $"make it first: kubectl create namespace {key.Namespace}"),
            _ => new Failure(FailureKind.Failed, $"{target} does not {verb} {key}: {answer.Status}", said, null),
        });
    }

    /// <summary>The failure that an answer about no single object means.</summary>
    /// <param name="answer">An answer that is not a success.</param>
    /// <param name="target">The cluster's name.</param>
    /// <param name="asked">What was asked, as the end of a sentence.</param>
    public static AuthMapException Of(ApiAnswer answer, string target, string asked) =>
        ApiRefusal.Status(answer) is null || answer.Status == 401
            ? ApiRefusal.Of(answer, target, "get")
            : new(new Failure(FailureKind.Failed, $"{target} does not {asked}: {answer.Status}", [ApiRefusal.Said(answer)], null));

    /// <summary>The API's name of a kind.</summary>
    public static string Resource(ObjectKey key) => key.Kind == RbacKind.Role ? "roles" : "rolebindings";
}
