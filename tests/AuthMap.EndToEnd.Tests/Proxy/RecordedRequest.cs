namespace AuthMap.EndToEnd;

/// <summary>A request as the proxy received it.</summary>
public sealed record RecordedRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? UserAgent => Headers.GetValueOrDefault("User-Agent");

    public string? ContentType => Headers.GetValueOrDefault("Content-Type");

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public override string ToString() => $"{Method} {Path}{Query}";
}
