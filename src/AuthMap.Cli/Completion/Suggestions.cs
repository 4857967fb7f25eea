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
/// <param name="session">What to open the map in.</param>
/// <param name="source">The place of the map that the command line names; fails when it names none that makes sense.</param>
internal sealed class Suggestions(Session session, Func<Source> source)
{
    // Longer than this nobody waits for a TAB.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <exception cref="AuthMapException">They cannot be found out.</exception>
    public async Task<IEnumerable<Suggestion>> FindAsync(ValueKind kind, CancellationToken cancellationToken) => kind switch
    {
        ValueKind.Contexts => Contexts(((ContextSource)source()).KubeConfig),
        ValueKind.Profiles => LocalNames.Profiles(session.Host).Select(profile => new Suggestion(profile.Profile, profile.Region ?? "")),
        ValueKind.Regions => Regions(),
        ValueKind.Arns => await ArnsAsync(source(), cancellationToken),
        _ => [],
    };

    private IEnumerable<Suggestion> Contexts(string? kubeConfig) => LocalNames.Contexts(kubeConfig, session.Host)
        .Select(context => new Suggestion(context.Context, context.Cluster == context.Context ? "" : context.Cluster));

    private IEnumerable<Suggestion> Regions() =>
        LocalNames.Profiles(session.Host).Select(profile => profile.Region)
            .Append(session.Host["AWS_REGION"])
            .Append(session.Host["AWS_DEFAULT_REGION"])
            .OfType<string>()
            .Select(region => new Suggestion(region, KnownRegions.All.FirstOrDefault(known => known.Name == region).Place ?? ""))
            .Concat(KnownRegions.All.Select(known => new Suggestion(known.Name, known.Place)));

    private async Task<IEnumerable<Suggestion>> ArnsAsync(Source place, CancellationToken cancellationToken)
    {
        // What is piped in belongs to the command itself.
        if (place is ManifestSource { IsStandardInput: true })
        {
            return [];
        }

        using var hurry = new CancellationTokenSource(_patience, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
        // What pays no heed to the token is left behind; the program ends anyway.
        var reading = Task.Run(() => ReadAsync(place, either.Token), CancellationToken.None);
        var snapshot = await reading.WaitAsync(_patience + _patience / 4, session.Clock, cancellationToken);
        var document = AwsAuthDocument.Parse(snapshot.Data, snapshot.Locate);
        return document.Sections.SelectMany(section => section.Entries)
            .Select(entry => entry.Mapping)
            .OfType<PrincipalMapping>()
            .Select(mapping => new Suggestion(mapping.Arn, Printable.Line(mapping.Username)));
    }

    private async Task<Snapshot> ReadAsync(Source place, CancellationToken cancellationToken)
    {
        using var connected = session.Connect(place, initialize: false);
        return await new AwsAuthEditor(connected.Store, session.Clock).ReadAsync(_patience, cancellationToken);
    }
}
