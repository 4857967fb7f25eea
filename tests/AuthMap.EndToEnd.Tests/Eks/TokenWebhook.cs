using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AuthMap.EndToEnd;

/// <summary>
/// Does for the API server what aws-iam-authenticator does on EKS: reads a token, asks STS whose it is, looks the caller up in
/// aws-auth. Whoever created the cluster is its administrator without standing there.
/// </summary>
internal sealed class TokenWebhook(Sts sts, Func<Task<JsonObject?>> readAwsAuth) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly ConcurrentQueue<(string Host, string Username)> entered = new();
    private LoopbackServer? server;

    public Uri Address => new(server!.Address, "/authenticate");

    /// <summary>What tokens have to be made for: the cluster's name, or its id on an Outpost.</summary>
    public string ClusterId { get; set; } = "";

    public string Partition { get; set; } = "aws";

    /// <summary>Who created the cluster.</summary>
    public Principal? Creator { get; set; }

    /// <summary>Why tokens were refused, in their order.</summary>
    public IReadOnlyList<string> Refusals => [.. refusals];

    /// <summary>The STS hosts of the tokens that passed.</summary>
    public IReadOnlyList<string> Hosts => [.. entered.Select(one => one.Host)];

    /// <summary>Who entered.</summary>
    public IReadOnlyList<string> Usernames => [.. entered.Select(one => one.Username)];

    public async Task StartAsync(X509Certificate2 certificate) =>
        server = await LoopbackServer.StartAsync(HandleAsync, certificate);

    public void Forget()
    {
        refusals.Clear();
        entered.Clear();
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method != "POST" || context.Request.Path != "/authenticate")
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var review = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        JsonObject answer;
        try
        {
            answer = await AllowAsync(review!["spec"]!["token"]!.GetValue<string>());
        }
        catch (TokenRefusedException exception)
        {
            refusals.Enqueue(exception.Message);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            answer = new JsonObject { ["metadata"] = new JsonObject(), ["spec"] = new JsonObject(), ["status"] = new JsonObject { ["user"] = new JsonObject() } };
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), Encoding.UTF8, context.RequestAborted);
    }

    private async Task<JsonObject> AllowAsync(string token)
    {
        var request = new TokenRules(ClusterId, Partition, sts.Clock).Read(token);
        var caller = Identify(request);
        var user = caller.Arn == Creator?.Arn
            ? new KubernetesUser("kubernetes-admin", ["system:masters"])
            : MapLookup.Find(await readAwsAuth(), caller) ?? throw new TokenRefusedException("identity is not mapped");
        entered.Enqueue((request["host"]!, user.Name));
        return new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject
            {
                ["authenticated"] = true,
                ["user"] = new JsonObject
                {
                    ["username"] = user.Name,
                    ["uid"] = $"aws-iam-authenticator:{caller.Account}:{caller.UserId}",
                    ["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]),
                    ["extra"] = new JsonObject
                    {
                        ["arn"] = new JsonArray(caller.Arn),
                        ["canonicalArn"] = new JsonArray(caller.CanonicalArn),
                        ["sessionName"] = new JsonArray(caller.SessionName),
                        ["accessKeyId"] = new JsonArray(caller.AccessKeyId),
                    },
                },
            },
        };
    }

    private CallerIdentity Identify(AwsRequest request)
    {
        var answer = sts.Ask(request);
        var body = Encoding.UTF8.GetString(answer.Body);
        if (answer.Status != StatusCodes.Status200OK)
        {
            throw new TokenRefusedException($"error from AWS (expected 200, got {answer.Status}): {body}");
        }

        var result = JsonNode.Parse(body)!["GetCallerIdentityResponse"]!["GetCallerIdentityResult"]!;
        return CallerIdentity.Read(
            result["Arn"]!.GetValue<string>(),
            result["Account"]!.GetValue<string>(),
            result["UserId"]!.GetValue<string>(),
            request.Parameters.First(parameter => parameter.Name == "X-Amz-Credential").Value.Split('/')[0]);
    }
}
