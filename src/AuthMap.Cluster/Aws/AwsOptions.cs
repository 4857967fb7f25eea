namespace AuthMap.Cluster.Aws;

/// <summary>How to talk to AWS.</summary>
/// <param name="Version">The program's version, for the user agent.</param>
public sealed record AwsOptions(string Version)
{
    /// <summary>Gets a line for each request (service, operation, status, time), never with a secret. Null: nobody listens.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Asks a person for the code of an MFA device, which it gets the serial number or ARN of; null when there is nobody
    /// to ask.</summary>
    public Func<string, string?>? AskMfaCode { get; init; }
}
