using System.Net;
using System.Text;
using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Turns an API server's no into a failure that people understand.</summary>
internal static class ApiRefusal
{
    private const int LongestExcerpt = 120;

    /// <summary>The failure that an answer means; its inner exception tells the status (<see cref="StatusOf"/>).</summary>
    /// <param name="answer">An answer that is not a success.</param>
    /// <param name="target">The cluster's name.</param>
    /// <param name="verb">What was asked, as RBAC calls it: get, patch, create.</param>
    public static AuthMapException Of(ApiAnswer answer, string target, string verb)
    {
        if (Status(answer) is not { } status)
        {
            return NotAnApi(answer, target);
        }

        var said = status.Message is { Length: > 0 } message ? message : status.Reason ?? $"HTTP {answer.Status}";
        return new(Failure(answer.Status, said, target, verb), new HttpRequestException(said, null, (HttpStatusCode)answer.Status));
    }

    /// <summary>The status of the API's answer behind a failure; null when there was none.</summary>
    public static int? StatusOf(AuthMapException failure) =>
        failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.Unknown, StatusCode: { } status }
            ? (int)status
            : null;

    /// <summary>What the server has to say; null when the answer is not the API's.</summary>
    public static ApiStatus? Status(ApiAnswer answer) => answer.Read(
        json => json.Text("kind") == "Status" ? new ApiStatus(json.Text("message"), json.Text("reason")) : null);

    /// <summary>What the server has to say, in its own words where it has some.</summary>
    public static string Said(ApiAnswer answer) =>
        Status(answer)?.Message is { Length: > 0 } message ? message : $"HTTP {answer.Status}";

    /// <summary>The failure that an answer means which is not the API's own: a login page, a proxy's error.</summary>
    public static AuthMapException NotAnApi(ApiAnswer answer, string target)
    {
        var start = Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 4 * LongestExcerpt)));
        var text = string.Join(' ', start.Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
        var type = answer.MediaType is null ? "" : $", {answer.MediaType}";
        var failure = new Failure(
            answer.Status == 401 ? FailureKind.Unauthorized : FailureKind.Failed,
            $"{target} does not answer as a Kubernetes API server does: {answer.Status}{type}",
            text.Length == 0 ? [] : [text.Length <= LongestExcerpt ? text : text[..LongestExcerpt] + "…"],
            "is the server's URL right, and is there a proxy in between?");
        return new(failure);
    }

    private static Failure Failure(int status, string said, string target, string verb)
    {
        if (IsByRule(said))
        {
            return new(FailureKind.Refused, $"{target} refuses this by its own rules", [said], null);
        }

        return status switch
        {
            401 => new(
                FailureKind.Unauthorized,
                $"{target} does not know you: 401 from its API server",
                "log in again, or look at the user of the context in the kubeconfig"),
            403 => new(
                FailureKind.Unauthorized,
                $"{target} does not let you {verb} the ConfigMap kube-system/aws-auth",
                [said],
                $"it takes the verb {verb} on the resource configmaps in the namespace kube-system"),
            404 => new(FailureKind.NotFound, $"{target} has no namespace kube-system", [said], null),
            _ => new(FailureKind.Failed, $"{target} does not {verb} aws-auth: {status}", [said], null),
        };
    }

    // Webhooks choose their own status codes, so only the text tells (apiserver's ToStatusErr for webhooks, and the message of a
    // validating admission policy).
    private static bool IsByRule(string said) =>
        Has(said, "admission webhook \"", "\" denied the request")
        || Has(said, "ValidatingAdmissionPolicy '", "' denied request");

    private static bool Has(string text, string first, string second) =>
        text.IndexOf(first, StringComparison.Ordinal) is var at and >= 0
        && text.IndexOf(second, at, StringComparison.Ordinal) >= 0;
}

/// <summary>What the API says of a request that it does not grant, and of some that it does.</summary>
/// <param name="Message">In words.</param>
/// <param name="Reason">In one word.</param>
internal sealed record ApiStatus(string? Message, string? Reason);
