using System.Text.Json;

namespace AuthMap.Cluster.Kubernetes.Http;

/// <summary>What an API server, or something in front of it, answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, whole.</param>
/// <param name="MediaType">Its media type; null when there is none.</param>
/// <param name="RetryAfter">How long it asks to wait; null when it does not say.</param>
internal sealed record ApiAnswer(int Status, byte[] Body, string? MediaType, TimeSpan? RetryAfter)
{
    /// <summary>What time it was where it came from; null when that does not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether it is a yes.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the same request may well succeed a little later.</summary>
    public bool IsPassing => Status is 429 or 500 or 502 or 503 or 504;

    /// <summary>What the body says; null when it is no JSON, or says something else than what is asked for.</summary>
    public T? Read<T>(Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            return ForeignJson.Read(Body, read);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>There was no whole answer, and asking again may help.</summary>
/// <param name="failure">What to tell the user if it does not.</param>
/// <param name="sent">Whether the server may have got the request.</param>
/// <param name="innerException">The cause.</param>
internal sealed class NoAnswerException(Failure failure, bool sent, Exception innerException)
    : Exception(failure.Message, innerException)
{
    /// <summary>What to tell the user.</summary>
    public Failure Failure { get; } = failure;

    /// <summary>Whether the server may have got the request.</summary>
    public bool Sent { get; } = sent;
}
