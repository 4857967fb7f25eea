using System.Text.Json.Nodes;
using AuthMap.Benchmarks.Processes;
using AuthMap.Benchmarks.Tools;
using AuthMap.EndToEnd;

namespace AuthMap.Benchmarks.Stages;

/// <summary>A map on a real API server that is put back after every change, so that each run finds the same.</summary>
internal sealed class Stage(ApiServer server, Launcher launcher, Place place)
{
    // As many as are kept: a map that has been in use carries them all.
    private const int Revisions = 10;

    private JsonObject state = [];

    public ApiServer Server => server;

    public Launcher Launcher => launcher;

    /// <summary>Where the tools find the map.</summary>
    public Place Place => place;

    /// <summary>The text of mapRoles as every run finds it.</summary>
    public string MapRoles => state["data"]!["mapRoles"]!.GetValue<string>();

    /// <summary>Puts a map there, with the history that the program's own changes leave with it.</summary>
    public async Task FillAsync(string mapRoles, AuthMapTool tool)
    {
        await server.ResetAsync();
        await server.AwsAuth.PutAsync(mapRoles: mapRoles);
        for (var number = 0; number < Revisions; number++)
        {
            await launcher.RunAsync(tool.Create(place, new Newcomer($"earlier-{number}"), "")!);
        }

        var annotations = (await server.AwsAuth.GetAsync())!["metadata"]!["annotations"]!.DeepClone();
        state = new JsonObject
        {
            ["data"] = new JsonObject { ["mapRoles"] = mapRoles },
            ["metadata"] = new JsonObject { ["annotations"] = annotations },
        };
        await ResetAsync();
    }

    /// <summary>Puts the map back as it was filled.</summary>
    public Task ResetAsync() => server.AwsAuth.PutAsync((JsonObject)state.DeepClone());

    /// <summary>Says whether somebody has an entry now.</summary>
    public async Task<bool> HasAsync(Newcomer newcomer) =>
        (await server.AwsAuth.GetTextAsync("mapRoles"))!.Contains($"rolearn: {newcomer.Arn}\n", StringComparison.Ordinal);
}
