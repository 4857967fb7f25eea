using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Stages;

namespace AuthMap.Benchmarks.Tools;

/// <summary>A program that reads and changes aws-auth, and how it is told to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it is.</param>
public abstract record Tool(string Name, string Path)
{
    /// <summary>Its version, in a few words; empty until it was asked.</summary>
    public string Version { get; init; } = "";

    /// <summary>What prints its version.</summary>
    public abstract IReadOnlyList<string> VersionArguments { get; }

    /// <summary>Lists the map; null when it cannot, or not in that place.</summary>
    public virtual Command? List(Place place) => null;

    /// <summary>Adds somebody to the map; null when it cannot, or not in that place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="newcomer">Whom.</param>
    /// <param name="mapRoles">The map as it is, for a tool that only knows texts.</param>
    public virtual Command? Create(Place place, Newcomer newcomer, string mapRoles) => null;

    /// <summary>The same where others do it at the same time, with whatever the tool has against conflicts.</summary>
    public virtual Command? CreateAmongOthers(Place place, Newcomer newcomer, string mapRoles) => Create(place, newcomer, mapRoles);

    protected Command Run(Place place, params string[] arguments) => new(Path, arguments, place.Environment);
}
