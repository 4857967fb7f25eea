using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AuthMap.Cluster.Tests.Support;

/// <summary>A call as AWS saw it.</summary>
public sealed record AwsCall(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The access key id of the signature; null when there is none.</summary>
    public string? AccessKey => Headers.TryGetValue("Authorization", out var text) ? text.Split("Credential=")[1].Split('/')[0] : null;

    /// <summary>The service and region that the signature is for.</summary>
    public string? Scope => Headers.TryGetValue("Authorization", out var text)
        ? string.Join('/', text.Split("Credential=")[1].Split(',')[0].Split('/')[2..4])
        : null;

    public string? Form(string name) => Body.Split('&').Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name).Select(pair => SigV4.Decode(pair[1])).FirstOrDefault();
}

/// <summary>What AWS answers.</summary>
public sealed record AwsAnswer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    public static AwsAnswer Error(int status, string code, string message) => new(
        status, $"{{\"message\": \"{message}\"}}", ("x-amzn-ErrorType", code), ("x-amzn-RequestId", "request-1"), ("Content-Type", "application/json"));

    public static AwsAnswer StsError(int status, string code, string message) => new(
        status, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>");
}

/// <summary>STS and the EKS API on loopback. Every signature is verified, with a verifier that is not the SDK's; AssumeRole hands out
/// credentials that then work.</summary>
public sealed class AwsFake : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<AwsCall> _calls = [];
    private int _sessions;

    private AwsFake(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>Who the keys belong to: access key id → secret, session token, ARN.</summary>
    public Dictionary<string, (string Secret, string? Token, string Arn)> Keys { get; } = new()
    {
        ["AKIDEXAMPLE"] = ("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "arn:aws:iam::111122223333:user/alice"),
    };

    /// <summary>How long assumed roles last.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The server's clock, ahead of ours by this.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Answers before everything else; null lets the rest answer.</summary>
    public Func<AwsCall, AwsAnswer?> Instead { get; set; } = _ => null;

    public IReadOnlyList<AwsCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<AwsFake> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var fake = new AwsFake(app);
        app.Run(fake.ServeAsync);
        await app.StartAsync();
        fake.Url = new Uri(app.Urls.Single());
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var call = new AwsCall(
            http.Request.Method,
            http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        lock (_calls)
        {
            _calls.Add(call);
        }

        var answer = Instead(call) ?? Verify(call) ?? Answer(call);
        http.Response.StatusCode = answer.Status;
        http.Response.Headers.Date = (DateTimeOffset.UtcNow + Skew).ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(answer.Body);
    }

    private AwsAnswer? Verify(AwsCall call)
    {
        if (call.AccessKey is not { } id)
        {
            return null;
        }

        if (!Keys.TryGetValue(id, out var key) || key.Token != call.Headers.GetValueOrDefault("X-Amz-Security-Token"))
        {
            return AwsAnswer.Error(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        var authorization = call.Headers["Authorization"];
        var date = call.Headers["X-Amz-Date"];
        var signed = authorization.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        var scope = call.Scope!.Split('/');
        var target = call.Target.Split('?', 2);
        var expected = SigV4.Sign(
            call.Method, target[0], target.ElementAtOrDefault(1) ?? "", signed.Select(name => (name, call.Headers[name])),
            SigV4.Hash(Encoding.UTF8.GetBytes(call.Body)), date, scope[0], scope[1], key.Secret);
        if (authorization.Split("Signature=")[1] != expected)
        {
            return AwsAnswer.Error(403, "InvalidSignatureException", "The request signature we calculated does not match.");
        }

        var time = DateTime.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        return (DateTime.UtcNow + Skew - time).Duration() > TimeSpan.FromMinutes(5)
            ? AwsAnswer.Error(403, "InvalidSignatureException", $"Signature expired: {date} is now earlier than the server's time")
            : null;
    }

    private AwsAnswer Answer(AwsCall call) => (call.Method, call.Target.Split('?')[0], call.Form("Action")) switch
    {
        ("POST", "/", "GetCallerIdentity") => new(200, $"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>{Keys[call.AccessKey!].Arn}</Arn><UserId>AIDA</UserId><Account>111122223333</Account>
            </GetCallerIdentityResult></GetCallerIdentityResponse>
            """),
        ("POST", "/", "AssumeRole" or "AssumeRoleWithWebIdentity") => Assume(call, call.Form("Action")!),
        ("GET", "/clusters", _) => new(200, """{"clusters": ["c1", "c2"], "nextToken": null}"""),
        ("GET", var path, _) when path == "/clusters/c1" => new(200, """
            {"cluster": {"name": "c1", "arn": "arn:aws:eks:eu-west-1:111122223333:cluster/c1", "createdAt": 1703060401.088,
             "endpoint": "https://X.gr7.eu-west-1.eks.amazonaws.com", "status": "ACTIVE", "version": "1.33", "platformVersion": "eks.4",
             "resourcesVpcConfig": {"subnetIds": ["subnet-1"], "endpointPublicAccess": false, "endpointPrivateAccess": true, "publicAccessCidrs": ["0.0.0.0/0"]},
             "certificateAuthority": {"data": "UEVN"}, "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}, "tags": {}}}
            """),
        ("GET", var path, _) => AwsAnswer.Error(404, "ResourceNotFoundException:http://internal.amazon.com/coral/", $"No cluster found for name: {path.Split('/')[^1]}."),
        _ => AwsAnswer.Error(400, "InvalidRequestException", "not served"),
    };

    private AwsAnswer Assume(AwsCall call, string action)
    {
        var number = Interlocked.Increment(ref _sessions);
        var role = call.Form("RoleArn")!;
        var arn = $"{role.Replace(":iam:", ":sts:", StringComparison.Ordinal).Replace(":role/", ":assumed-role/", StringComparison.Ordinal)}/{call.Form("RoleSessionName")}";
        lock (_calls)
        {
            Keys[$"ASIA{number}"] = ($"secret{number}", $"token{number}", arn);
        }

        return new(200, $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <AssumedRoleUser><Arn>{arn}</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>
            <Credentials><AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>secret{number}</SecretAccessKey>
            <SessionToken>token{number}</SessionToken><Expiration>{DateTime.UtcNow + SessionLength:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials>
            </{action}Result></{action}Response>
            """);
    }
}
