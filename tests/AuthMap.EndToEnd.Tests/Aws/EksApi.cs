using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AuthMap.EndToEnd;

/// <summary>
/// The EKS API: restJson1, signed for the service <c>eks</c>. The access key decides the account and the signature's scope the
/// region, so clusters of one name in two accounts or regions are two clusters.
/// </summary>
public sealed partial class EksApi(Iam iam, AwsClock clock) : AwsService(iam, clock)
{
    private readonly SignatureVerifier verifier = new(iam, "eks", clock, TimeSpan.FromMinutes(5));
    private readonly ConcurrentDictionary<(string Account, string Region, string Name), EksClusterState> clusters = new();
    private readonly ConcurrentDictionary<(string AccessKeyId, string Action), bool> denied = new();

    /// <summary>How many clusters a page of ListClusters has at most, whatever the client asks for.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Adds a cluster, or changes what is known of it.</summary>
    public void Put(EksClusterState cluster) => clusters[(cluster.Account, cluster.Region, cluster.Name)] = cluster;

    /// <summary>Takes an IAM permission, such as <c>eks:DescribeCluster</c>, from somebody; all have them at first.</summary>
    public void Deny(Principal principal, string action) => denied[(principal.AccessKeyId, action)] = true;

    /// <summary>How often an operation was asked, refused requests included.</summary>
    public int Count(string operation) => Requests.Count(request => Route(request).Operation == operation);

    public override void Forget()
    {
        base.Forget();
        clusters.Clear();
        denied.Clear();
        PageSize = 100;
    }

    internal override Answer Respond(AwsRequest request)
    {
        var caller = Authenticate(request);
        var (operation, name) = Route(request);
        return operation switch
        {
            "DescribeCluster" => Describe(caller, name),
            "ListClusters" => List(caller, request),
            _ => throw new AwsErrorException(new AwsError(404, "UnknownOperationException", "")),
        };
    }

    internal override Answer Write(AwsError error, AwsRequest request)
    {
        // EKS puts the names of what its errors may be about into each of them.
        var body = new JsonObject
        {
            ["clusterName"] = null,
            ["nodegroupName"] = null,
            ["addonName"] = null,
            ["subscriptionId"] = null,
            ["message"] = error.Message,
        };
        return Json(error.Status, body).With("x-amzn-ErrorType", error.Code);
    }

    private static (string Operation, string Name) Route(AwsRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["clusters"]) => ("ListClusters", ""),
        ("GET", ["clusters", var name]) => ("DescribeCluster", name),
        _ => ("", ""),
    };

    private Caller Authenticate(AwsRequest request)
    {
        try
        {
            return verifier.Verify(request);
        }
        catch (SignatureException exception)
        {
            var code = exception.Fault switch
            {
                SignatureFault.Missing => "MissingAuthenticationTokenException",
                SignatureFault.Incomplete => "IncompleteSignatureException",
                SignatureFault.UnknownKey => "UnrecognizedClientException",
                SignatureFault.ExpiredSession => "ExpiredTokenException",
                _ => "InvalidSignatureException",
            };
            throw new AwsErrorException(new AwsError(403, code, exception.Message));
        }
    }

    private Answer Describe(Caller caller, string name)
    {
        var arn = $"arn:{caller.Principal.Partition}:eks:{caller.Region}:{caller.Principal.Account}:cluster/{name}";
        Authorize(caller, "eks:DescribeCluster", arn);
        if (!ClusterName().IsMatch(name))
        {
            throw new AwsErrorException(new AwsError(
                400, "InvalidParameterException",
                $"The cluster name {name} is not valid: it must match the pattern ^[0-9A-Za-z][A-Za-z0-9-_]*"));
        }

        return clusters.TryGetValue((caller.Principal.Account, caller.Region, name), out var cluster)
            ? Json(200, new JsonObject { ["cluster"] = cluster.ToJson() })
            : throw new AwsErrorException(new AwsError(404, "ResourceNotFoundException", $"No cluster found for name: {name}."));
    }

    private Answer List(Caller caller, AwsRequest request)
    {
        Authorize(caller, "eks:ListClusters", "*");
        var asked = request.Parameter("maxResults");
        if (asked is not null && !(int.TryParse(asked, out var number) && number is >= 1 and <= 100))
        {
            throw new AwsErrorException(new AwsError(400, "InvalidParameterException", "maxResults needs to be between 1 and 100."));
        }

        var names = clusters.Keys
            .Where(key => key.Account == caller.Principal.Account && key.Region == caller.Region)
            .Select(key => key.Name).Order(StringComparer.Ordinal).ToList();
        var start = ReadToken(request.Parameter("nextToken"));
        var size = Math.Min(PageSize, asked is null ? 100 : int.Parse(asked, CultureInfo.InvariantCulture));
        return Json(200, new JsonObject
        {
            ["clusters"] = new JsonArray([.. names.Skip(start).Take(size).Select(name => (JsonNode)name)]),
            ["nextToken"] = start + size < names.Count ? WriteToken(start + size) : null,
        });
    }

    private void Authorize(Caller caller, string action, string resource)
    {
        if (denied.ContainsKey((caller.Principal.AccessKeyId, action)))
        {
            throw new AwsErrorException(
                AwsError.AccessDenied(caller.Principal.Arn, action, resource) with { Code = "AccessDeniedException" });
        }
    }

    // Opaque, and with characters that have to be encoded in a query.
    private static string WriteToken(int start) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"~?>from {start}"));

    private static int ReadToken(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        var buffer = new byte[token.Length];
        return Convert.TryFromBase64String(token, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(' ') is [_, var start]
            ? int.Parse(start, CultureInfo.InvariantCulture)
            : throw new AwsErrorException(new AwsError(400, "InvalidParameterException", "The nextToken is not valid."));
    }

    private static Answer Json(int status, JsonObject body) => new(
        status,
        new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Encoding.UTF8.GetBytes(body.ToJsonString()));

    [GeneratedRegex("^[0-9A-Za-z][A-Za-z0-9_-]*$")]
    private static partial Regex ClusterName();
}
