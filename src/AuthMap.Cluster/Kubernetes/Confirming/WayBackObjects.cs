using System.Globalization;
using System.Text.Json;
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
    private const string ExpiryAnnotation = "authmap/expires";
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
        var expires = time.Now + life;
        var account = await PostAsync(Collections[0], new("v1", "ServiceAccount", Metadata(name, expires)), cancellationToken);
        var owned = Metadata(name, expires) with { OwnerReferences = [new("v1", "ServiceAccount", name, account.Metadata?.Uid ?? "")] };
        await PostAsync(
            Collections[2],
            new("rbac.authorization.k8s.io/v1", "Role", owned)
            {
                Rules =
                [
                    new([""], ["configmaps"], ["aws-auth"], ["get", "patch"]),
                    new([""], ["serviceaccounts"], [name], ["delete"]),
                ],
            },
            cancellationToken);
        await PostAsync(
            Collections[1],
            new("rbac.authorization.k8s.io/v1", "RoleBinding", owned)
            {
                RoleRef = new("rbac.authorization.k8s.io", "Role", name, null),
                Subjects = [new(null, "ServiceAccount", name, "kube-system")],
            },
            cancellationToken);
    }

    /// <summary>Asks for a token of the ServiceAccount. A secret.</summary>
    /// <exception cref="AuthMapException">There is none to be had, or for a shorter time only.</exception>
    public async Task<string> TokenAsync(string name, TimeSpan life, CancellationToken cancellationToken)
    {
        var body = new WayBackObject("authentication.k8s.io/v1", "TokenRequest", null) { Spec = new((long)life.TotalSeconds) };
        var answer = await api.AskAsync(HttpMethod.Post, $"{Collections[0]}/{name}/token", Json(body), cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Refusal(answer, "create", "serviceaccounts/token");
        }

        // The server says in the spec what it granted, which no wrong clock disturbs.
        return Parse(answer) switch
        {
            { Status.Token: { Length: > 0 } token, Spec.ExpirationSeconds: var seconds } when seconds >= (long)life.TotalSeconds => token,
            { Status.Token: { Length: > 0 }, Spec.ExpirationSeconds: var seconds } => throw new AuthMapException(
                FailureKind.Unconfirmed, $"{target} gives out tokens for {seconds} s only", "choose a shorter window, or a shorter --timeout"),
            _ => throw ApiRefusal.NotAnApi(answer, target),
        };
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
        if (!answer.IsSuccess)
        {
            return [];
        }

        try
        {
            var list = JsonSerializer.Deserialize(answer.Body, WayBackJson.Default.WayBackList);
            return [.. (list?.Items ?? []).Select(item => item.Metadata).Where(IsExpired).Select(data => data!.Name!)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private bool IsExpired(WayBackMetadata? metadata) =>
        metadata?.Name?.StartsWith(Prefix, StringComparison.Ordinal) == true
        && DateTimeOffset.TryParse(
            metadata.Annotations?.GetValueOrDefault(ExpiryAnnotation), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
        && expires < time.Now;

    private async Task<WayBackObject> PostAsync(string collection, WayBackObject wanted, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Post, $"{collection}?fieldManager=authmap", Json(wanted), cancellationToken);
        if (answer.Status == 409)
        {
            // The name is random, so this is ours: the answer to an earlier attempt was lost.
            answer = await api.AskAsync(HttpMethod.Get, $"{collection}/{wanted.Metadata!.Name}", null, cancellationToken);
        }

        return answer.IsSuccess
            ? Parse(answer) ?? throw ApiRefusal.NotAnApi(answer, target)
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

    private static WayBackMetadata Metadata(string name, DateTimeOffset expires) => new(name)
    {
        Labels = new() { ["app.kubernetes.io/managed-by"] = "authmap", ["app.kubernetes.io/component"] = "way-back" },
        Annotations = new() { [ExpiryAnnotation] = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
    };

    private static (byte[] Json, string MediaType) Json(WayBackObject body) =>
        (JsonSerializer.SerializeToUtf8Bytes(body, WayBackJson.Default.WayBackObject), "application/json");

    private static WayBackObject? Parse(ApiAnswer answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, WayBackJson.Default.WayBackObject);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
