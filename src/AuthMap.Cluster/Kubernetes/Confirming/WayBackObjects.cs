using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthMap.Cluster.Kubernetes.Http;

namespace AuthMap.Cluster.Kubernetes.Confirming;

/// <summary>
/// The objects that a way back is made of, all of one name: a ServiceAccount, and a Role and a RoleBinding that let it read and patch
/// aws-auth and remove itself. The ServiceAccount owns the others, so that the cluster removes them with it.
/// </summary>
/// <param name="api">The API, as whoever makes or removes them.</param>
/// <param name="target">The cluster's name.</param>
/// <param name="time">The server's time.</param>
internal sealed class WayBackObjects(ApiRequests api, string target, ServerTime time)
{
    /// <summary>What all names begin with.</summary>
    public const string Prefix = "authmap-way-back-";

    private const string Core = "api/v1/namespaces/kube-system";
    private const string Rbac = $"{RbacStore.Group}/namespaces/kube-system";
    private const string Selector = "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dauthmap%2Capp.kubernetes.io%2Fcomponent%3Dway-back";

    /// <summary>The collections in the order of removal. Without the first, nobody is left whom the others could give anything.</summary>
    public static IReadOnlyList<string> Collections { get; } = [$"{Core}/serviceaccounts", $"{Rbac}/rolebindings", $"{Rbac}/roles"];

    /// <summary>Makes the three.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="life">How long they are needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AuthMapException">One cannot be made; those before it are left.</exception>
    public async Task CreateAsync(string name, TimeSpan life, CancellationToken cancellationToken)
    {
        var objects = new WayBackJson(name, time.Now + life);
        var owner = await PostAsync(Collections[0], name, objects.Account(), cancellationToken);
        await PostAsync(Collections[2], name, objects.Role(owner), cancellationToken);
        await PostAsync(Collections[1], name, objects.Binding(owner), cancellationToken);
    }

    /// <summary>Asks for a token of the ServiceAccount. A secret.</summary>
    /// <exception cref="AuthMapException">There is none to be had, or for a shorter time only.</exception>
    public async Task<string> TokenAsync(string name, TimeSpan life, CancellationToken cancellationToken)
    {
        var seconds = (long)life.TotalSeconds;
        var answer = await api.AskAsync(
            HttpMethod.Post, $"{Collections[0]}/{name}/token", Json(WayBackJson.TokenRequest(seconds)), cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Refusal(answer, "create", "serviceaccounts/token");
        }

        var granted = answer.Read(WayBackJson.Token) ?? throw ApiRefusal.NotAnApi(answer, target);
        return granted.Seconds >= seconds ? granted.Token : throw new AuthMapException(
            FailureKind.Unconfirmed, $"{target} gives out tokens for {granted.Seconds} s only", "choose a shorter window, or a shorter --timeout");
    }

    /// <summary>Removes an object.</summary>
    /// <returns>Null when it is gone; else why not.</returns>
    public async Task<string?> DeleteAsync(string collection, string name, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Delete, $"{collection}/{name}", null, cancellationToken);
        return answer.IsSuccess || (answer.Status == 404 && ApiRefusal.Status(answer) is not null) ? null : ApiRefusal.Said(answer);
    }

    /// <summary>The objects of a collection whose time is over.</summary>
    /// <returns>Their names; none when they may not be listed.</returns>
    public async Task<IReadOnlyList<string>> ExpiredAsync(string collection, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Get, collection + Selector, null, cancellationToken);
        time.Hear(answer);
        return answer.IsSuccess && answer.Read(list => list.Items("items", Expired)) is { } names ? names : [];
    }

    private string? Expired(JsonElement item) =>
        item.Member("metadata") is { } metadata
        && metadata.Text("name") is { } name
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && IsOver(metadata.Member("annotations")?.Text(WayBackJson.ExpiryAnnotation))
            ? name
            : null;

    private bool IsOver(string? expires) =>
        DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) && end < time.Now;

    /// <returns>The object's uid; empty when the answer says none.</returns>
    private async Task<string> PostAsync(string collection, string name, JsonObject wanted, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Post, $"{collection}?fieldManager=authmap", Json(wanted), cancellationToken);
        if (answer.Status == 409)
        {
            // The name is random, so this is ours: the answer to an earlier attempt was lost.
            answer = await api.AskAsync(HttpMethod.Get, $"{collection}/{name}", null, cancellationToken);
        }

        return answer.IsSuccess
            ? answer.Read(json => json.Member("metadata")?.Text("uid") ?? "") ?? throw ApiRefusal.NotAnApi(answer, target)
            : throw Refusal(answer, "create", collection[(collection.LastIndexOf('/') + 1)..]);
    }

    private AuthMapException Refusal(ApiAnswer answer, string verb, string resource)
    {
        // What may not be granted is listed rule by rule, a line each.
        string[] said = [.. ApiRefusal.Said(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return answer.Status switch
        {
            _ when ApiRefusal.Status(answer) is null => ApiRefusal.NotAnApi(answer, target),
            401 or 403 => new(new Failure(
                FailureKind.Unconfirmed,
                $"{target} does not let you {verb} {resource} in kube-system",
                said,
                "it takes create and delete on serviceaccounts, roles and rolebindings, and create on serviceaccounts/token, in the namespace kube-system")),
            _ => new(new Failure(FailureKind.Failed, $"{target} does not {verb} {resource}: {answer.Status}", said, null)),
        };
    }

    private static (byte[] Json, string MediaType) Json(JsonObject body) => (RequestJson.Of(body), "application/json");
}
