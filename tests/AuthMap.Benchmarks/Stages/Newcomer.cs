namespace AuthMap.Benchmarks.Stages;

/// <summary>A role that is not in the map yet.</summary>
public sealed record Newcomer(string Name)
{
    public string Arn => MapText.Arn(Name);

    public string Username => Name;

    /// <summary>A text of mapRoles with it at the end.</summary>
    public string AddTo(string mapRoles) => mapRoles + MapText.Entry(Name, Username);
}
