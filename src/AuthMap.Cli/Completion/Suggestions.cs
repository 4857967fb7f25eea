using AuthMap.Cli.Commands;
using AuthMap.Cli.Rendering;
using AuthMap.Cluster;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Mappings;

namespace AuthMap.Cli.Completion;

/// <summary>A value to suggest, with what tells it from others.</summary>
internal sealed record Suggestion(string Value, string Note)
{
    /// <summary>What could be typed back and cannot harm a terminal.</summary>
    public bool IsSafe => Value.Length > 0 && !Value.Any(c => Printable.IsHarmful(c) && !char.IsSurrogate(c));
}

/// <summary>The values that files of this machine, or the map itself, hold.</summary>
internal static class Suggestions
{
    // Longer than this nobody waits for a TAB.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <param name="kind">What values.</param>
    /// <param name="source">The place of the map that the command line names.</param>
    /// <param name="session">What to open it in.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IEnumerable<Suggestion>> FindAsync(
        ValueKind kind, Source source, Session session, CancellationToken cancellationToken) => kind switch
    {
        ValueKind.Contexts => LocalNames.Contexts((source as ContextSource)?.KubeConfig, session.Host)
            .Select(context => new Suggestion(context.Context, context.Cluster == context.Context ? "" : context.Cluster)),
        ValueKind.Profiles => LocalNames.Profiles(session.Host).Select(profile => new Suggestion(profile.Profile, profile.Region ?? "")),
        ValueKind.Regions => Regions(session.Host),
        ValueKind.Arns => await ArnsAsync(source, session, cancellationToken),
        _ => [],
    };

    private static IEnumerable<Suggestion> Regions(HostEnvironment host) =>
        LocalNames.Profiles(host).Select(profile => profile.Region)
            .Append(host["AWS_REGION"])
            .Append(host["AWS_DEFAULT_REGION"])
            .OfType<string>()
            .Select(region => new Suggestion(region, KnownRegions.All.FirstOrDefault(known => known.Name == region).Place ?? ""))
            .Concat(KnownRegions.All.Select(known => new Suggestion(known.Name, known.Place)));

    private static async Task<IEnumerable<Suggestion>> ArnsAsync(Source source, Session session, CancellationToken cancellationToken)
    {
        // What is piped in belongs to the command itself.
        if (source is ManifestSource { IsStandardInput: true })
        {
            return [];
        }

        using var hurry = new CancellationTokenSource(_patience, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
        // What pays no heed to the token is left behind; the program ends anyway.
        var reading = Task.Run(() => ReadAsync(source, session, either.Token), CancellationToken.None);
        var snapshot = await reading.WaitAsync(_patience + _patience / 4, session.Clock, cancellationToken);
        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        return document.Sections.SelectMany(section => section.Entries)
            .Select(entry => entry.Mapping)
            .OfType<PrincipalMapping>()
            .Select(mapping => new Suggestion(mapping.Arn, Printable.Line(mapping.Username)));
    }

    private static async Task<Snapshot> ReadAsync(Source source, Session session, CancellationToken cancellationToken)
    {
        using var place = session.Connect(source, initialize: false);
        return await new AwsAuthEditor(place.Store, session.Clock).ReadAsync(_patience, cancellationToken);
    }
}
