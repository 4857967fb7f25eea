namespace AuthMap.EndToEnd;

/// <summary>An error as AWS answers it; how it is written depends on the protocol of the service.</summary>
public sealed record AwsError(int Status, string Code, string Message)
{
    public static AwsError AccessDenied(string caller, string action, string resource) => new(
        403, "AccessDenied", $"User: {caller} is not authorized to perform: {action} on resource: {resource}");

    /// <summary>What a service is brought to say by a test that plans a fault.</summary>
    public static AwsError Throttling { get; } = new(429, "ThrottlingException", "Rate exceeded");

    public static AwsError ServerFault { get; } = new(500, "ServerException", "Internal server error");

    public static AwsError Unavailable { get; } = new(503, "ServiceUnavailableException", "Service is unavailable");
}

/// <summary>Ends the handling of a request with an error.</summary>
internal sealed class AwsErrorException(AwsError error) : Exception(error.Message)
{
    public AwsError Error => error;
}
