using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cli.Rendering;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Resolving;

namespace AuthMap.Cli.Commands;

/// <summary>Says as whom the current credentials enter: by the map, and by the server's own word.</summary>
internal sealed record WhoAmIRequest(Manner Manner, Source Source, TimeSpan Timeout, StructuredFormat? Format) : Request(Manner)
{
    public override async Task<ExitCode> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var place = session.Connect(Source, initialize: false);
        var inquiry = new Inquiry(place.Store, session.Clock, Timeout);
        var snapshot = await inquiry.ReadAsync(cancellationToken);
        var review = await inquiry.ReviewAsync(cancellationToken);
        var caller = Known(await inquiry.WhoAmIAsync(cancellationToken), review);
        if (caller is null && review is null)
        {
            throw new AuthMapException(
                FailureKind.Failed,
                $"who you are could not be learnt: {place.Store.Target} does not say it, nor does STS",
                Source is ClusterSource
                    ? "see whether this works: aws sts get-caller-identity"
                    : "with --cluster NAME it is asked from AWS; or name yourself: authmap resolve --arn ARN");
        }

        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        var byMap = caller is null
            ? null
            : new ResolveAnswer(snapshot, document, caller, new Resolver(document, new()).Resolve(caller)) { IsSelf = true };
        var answer = new WhoAmIAnswer(byMap, review, snapshot.Mode);
        if (Format is { } format)
        {
            session.Terminal.Out.Write(StructuredText.Of(json => WhoAmIJson.Write(json, answer), format));
        }
        else
        {
            WhoAmIText.Write(session.Terminal.Out, answer);
        }

        session.Terminal.Out.Flush();
        foreach (var fault in Places.Faults(snapshot, place.Store.Target, document))
        {
            session.Talk.Warning(fault);
        }

        session.Talk.Notices(ModeNotice.OfListing(snapshot, place.Store.Target));
        return answer.ExitCode;
    }

    // Of the same caller the server knows more: it has seen the token.
    private static Caller? Known(Caller? caller, SelfReview? review) =>
        review?.Caller is { } seen && (caller is null || caller.Arn == seen.Arn) ? seen : caller;
}

internal sealed class WhoAmICommand : LeafCommand
{
    private readonly CommonOptions _common;
    private readonly ChoiceOption<StructuredFormat> _output = new("--output", "-o", StructuredText.Formats)
    {
        HelpName = "FORMAT",
        Description = $"Print the answer as {StructuredText.Formats.Words}",
    };

    public WhoAmICommand(CommonOptions common)
        : base("whoami", "Say as whom you enter: by the map, and by the server's own word") => _common = common;

    public override string Synopsis => "whoami [options]";

    public override IReadOnlyList<Example> Examples =>
    [
        new("See as whom you enter an EKS cluster", "whoami --cluster eksworkshop --region eu-west-1"),
        new("See what a role would be there", "whoami --cluster eksworkshop --role-arn arn:aws:iam::111122223333:role/k8sDev"),
    ];

    public override IReadOnlyList<OptionGroup> Groups =>
    [
        new("Output", [_output]),
        _common.Clusters, _common.Aws, _common.Network, _common.Talk,
    ];

    public override string Meant(string word, ParseResult parsed) => StrayWords.DidYouMean("--cluster", word);

    public override Request Read(ParseResult parsed)
    {
        var source = _common.ReadSource(parsed);
        Usage.Forbid(source is ManifestSource, "whoami asks a cluster; --manifest has no callers",
            "name the cluster with --cluster or --context, or the caller: authmap resolve --arn ARN");
        return new WhoAmIRequest(_common.ReadManner(parsed), source, _common.ReadTimeout(parsed), _output.Read(parsed));
    }
}
