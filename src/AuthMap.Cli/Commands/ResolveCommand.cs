using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Resolving;

namespace AuthMap.Cli.Commands;

/// <summary>Says what the authenticator would make of a caller, and why.</summary>
internal sealed record ResolveRequest(
    Manner Manner, Source Source, TimeSpan Timeout, Caller Caller, AuthenticatorSettings Settings, StructuredFormat? Format)
    : Request(Manner)
{
    /// <summary>Whether to say also what the caller may do.</summary>
    public bool Rbac { get; init; }

    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var place = session.Connect(Source, initialize: false);
        var inquiry = new Inquiry(place.Store, session.Clock, Timeout);
        var snapshot = await inquiry.ReadAsync(cancellationToken);
        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        var answer = new ResolveAnswer(snapshot, document, Caller, new Resolver(document, Settings).Resolve(Caller))
        {
            Bindings = Rbac ? await inquiry.ListBindingsAsync(cancellationToken) : null,
        };
        if (Format is { } format)
        {
            session.Terminal.Out.Write(StructuredText.Of(json => ResolutionJson.Write(json, answer), format));
        }
        else
        {
            ResolutionText.Write(session.Terminal.Out, answer);
        }

        session.Terminal.Out.Flush();
        foreach (var fault in Places.Faults(snapshot, place.Store.Target, document))
        {
            session.Talk.Warning(fault);
        }

        return answer.ExitCode;
    }
}

internal sealed class ResolveCommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly Option<string> _arn = new("--arn")
    {
        HelpName = "ARN",
        Description = "The caller: a role, a role's session, a user, the root user, a federated user",
    };
    private readonly Option<string> _session = new("--session-name")
    {
        HelpName = "NAME",
        Description = "The name of the session, when the ARN is a role's",
    };
    private readonly Option<string> _userId = new("--user-id")
    {
        HelpName = "ID",
        Description = "The user id that STS returns for the caller, such as AROAEXAMPLE:session",
    };
    private readonly Option<string> _accessKey = new("--access-key-id")
    {
        HelpName = "ID",
        Description = "The id of the access key that the token is signed with, for {{AccessKeyID}}",
    };
    private readonly Option<string> _privateDns = new("--private-dns")
    {
        HelpName = "NAME",
        Description = "The private DNS name of the instance, for {{EC2PrivateDNSName}}; without it that stays as it is written",
    };
    private readonly Option<string> _privateDnsError = new("--private-dns-error")
    {
        HelpName = "TEXT",
        Description = "Assume that the look-up of the private DNS name fails with this",
    };
    private readonly Option<bool> _sso = new("--sso")
    {
        Description = "Assume that the authenticator's feature SSORoleMatch is on; EKS does not turn it on",
    };
    private readonly Option<string[]> _reserved = new("--reserved")
    {
        HelpName = "PREFIX",
        Description = "Assume that usernames with this prefix are refused; repeatable, or a comma-separated list",
    };
    private readonly Option<bool> _rbac = new("--rbac")
    {
        Description = "Say also which Roles and ClusterRoles the username and the groups are bound to in the cluster",
    };
    private readonly ChoiceOption<StructuredFormat> _output = new("--output", "-o", StructuredText.Formats)
    {
        HelpName = "FORMAT",
        Description = $"Print the answer as {StructuredText.Formats.Words}",
    };

    public ResolveCommand(CommonOptions common)
        : base("resolve", "Say what the authenticator would make of a caller, and why") => _common = common;

    public override string Synopsis => "resolve --arn CALLER [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("Find out why somebody is turned away", "resolve --arn arn:aws:sts::111122223333:assumed-role/k8sDev/ann"),
        new("Check a manifest before it is applied", "resolve --manifest aws-auth.yaml --arn arn:aws:iam::111122223333:user/ann"),
        new("See as whom a node joins",
            "resolve --arn arn:aws:sts::111122223333:assumed-role/NodeRole/i-0123456789abcdef0 --private-dns ip-10-0-0-1.ec2.internal"),
        new("See what somebody may do", "resolve --cluster eksworkshop --arn arn:aws:iam::111122223333:role/k8sDev --rbac"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        new("Caller", [_arn, _session, _userId, _accessKey, _privateDns, _privateDnsError]),
        new("Authenticator", [_sso, _reserved]),
        new("Output", [_rbac, _output]),
        _common.SourceToRead, _common.Aws, _common.Network, _common.Talk,
    ];

    public override string Meant(string word, ParseResult parsed) =>
        word.StartsWith("arn:", StringComparison.Ordinal) ? StrayWords.DidYouMean("--arn", word) : base.Meant(word, parsed);

    public override Request Read(ParseResult parsed)
    {
        var arn = parsed.GetValue(_arn);
        Usage.Forbid(arn is null, "nothing says who calls", "name the caller with --arn ARN; who you are says: aws sts get-caller-identity");
        if (!Arns.Arn.TryParse(arn!, out _, out var reason))
        {
            throw Usage.Error($"{arn} {reason}", "who you are says: aws sts get-caller-identity");
        }

        var (name, error) = (parsed.GetValue(_privateDns), parsed.GetValue(_privateDnsError));
        Usage.Forbid(name is not null && error is not null, "--private-dns and --private-dns-error contradict each other");
        var (session, userId) = (parsed.GetValue(_session), parsed.GetValue(_userId));
        Usage.Forbid(session is not null && userId is not null, "--session-name and --user-id both name the session; give one");
        Usage.Forbid(session is not null && arn!.Contains(":assumed-role/", StringComparison.Ordinal),
            "--session-name is for a role's ARN; this ARN names its session itself");
        var (source, rbac) = (_common.ReadSource(parsed), parsed.GetValue(_rbac));
        Usage.Forbid(rbac && source is ManifestSource, "--rbac asks a cluster; --manifest has none",
            "name the cluster with --cluster or --context");
        return new ResolveRequest(
            _common.ReadManner(parsed),
            source,
            _common.ReadTimeout(parsed),
            new(arn!)
            {
                SessionName = session,
                UserId = userId,
                AccessKeyId = parsed.GetValue(_accessKey),
                PrivateDnsName = name,
                PrivateDnsError = error,
            },
            new()
            {
                SsoRoleMatch = parsed.GetValue(_sso),
                ReservedPrefixes = [.. (parsed.GetValue(_reserved) ?? []).SelectMany(text => CommaList.Split(_reserved.Name, text))],
            },
            _output.Read(parsed))
        {
            Rbac = rbac,
        };
    }
}
