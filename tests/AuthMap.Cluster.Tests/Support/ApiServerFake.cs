using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A request as the server saw it.</summary>
public sealed record SeenRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string[]> Headers, string Body, X509Certificate2? Certificate)
{
    public string Header(string name) => string.Join("|", Headers.GetValueOrDefault(name, []));
}

/// <summary>One ConfigMap behind HTTPS, with resource versions as the real server has them; a test may answer in its place.</summary>
public sealed class ApiServerFake : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<SeenRequest> _requests = [];
    private int _version = 100;

    private ApiServerFake(WebApplication app) => _app = app;

    public const string Path = "/api/v1/namespaces/kube-system/configmaps/aws-auth";

    /// <summary>The object; null when it does not exist.</summary>
    public JsonObject? Map { get; set; }

    /// <summary>Answers in place of the ConfigMap; returns false to let it answer.</summary>
    public Func<HttpContext, SeenRequest, Task<bool>>? Instead { get; set; }

    /// <summary>Whether it sends the metadata alone where that is asked for.</summary>
    public bool KnowsParts { get; set; } = true;

    public int Port { get; private set; }

    public IReadOnlyList<SeenRequest> Requests => _requests;

    public static async Task<ApiServerFake> StartAsync(X509Certificate2? certificate, params X509Certificate2[] intermediates)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ServerCertificateChain = [.. intermediates];
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        var app = builder.Build();
        var fake = new ApiServerFake(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        fake.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return fake;
    }

    public ApiServerFake With(params (string Key, string Text)[] data)
    {
        Map = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "aws-auth", ["namespace"] = "kube-system", ["resourceVersion"] = "100" },
            ["data"] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Text))),
        };
        return this;
    }

    /// <summary>Another writer changes the object.</summary>
    public void Touch() => Map!["metadata"]!["resourceVersion"] = $"{++_version}";

    public static Task<bool> AnswerAsync(HttpContext context, int status, string body, string mediaType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        return Write();

        async Task<bool> Write()
        {
            await context.Response.WriteAsync(body);
            return true;
        }
    }

    public static Task<bool> RefuseAsync(HttpContext context, int status, string reason, string message) => AnswerAsync(
        context,
        status,
        new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = message,
            ["reason"] = reason,
            ["code"] = status,
        }.ToJsonString());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var request = new SeenRequest(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray().OfType<string>().ToArray(), StringComparer.OrdinalIgnoreCase),
            await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync(),
            context.Connection.ClientCertificate);
        lock (_requests)
        {
            _requests.Add(request);
        }

        if (Instead is null || !await Instead(context, request))
        {
            await ServeAsync(context, request);
        }
    }

    private Task<bool> ServeAsync(HttpContext context, SeenRequest request)
    {
        switch (request.Method)
        {
            case "GET" or "PATCH" when Map is null:
                return RefuseAsync(context, 404, "NotFound", "configmaps \"aws-auth\" not found");

            case "GET":
                break;

            case "POST" when Map is not null:
                return RefuseAsync(context, 409, "AlreadyExists", "configmaps \"aws-auth\" already exists");

            case "POST":
                Map = JsonNode.Parse(request.Body)!.AsObject();
                Touch();
                break;

            default:
                var patch = JsonNode.Parse(request.Body)!.AsObject();
                if ((string?)patch["metadata"]?["resourceVersion"] is { } version && version != (string?)Map!["metadata"]!["resourceVersion"])
                {
                    return RefuseAsync(context, 409, "Conflict", "the object has been modified; please apply your changes to the latest version");
                }

                Merge(Map!, patch);
                Touch();
                break;
        }

        var answer = KnowsParts && request.Header("Accept").Contains("as=PartialObjectMetadata", StringComparison.Ordinal)
            ? new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = Map!["metadata"]!.DeepClone(),
            }
            : Map!;
        return AnswerAsync(context, 200, answer.ToJsonString());
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }
}
