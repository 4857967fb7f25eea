using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using AuthMap;

namespace Amazon.EKS.Internal;

/// <summary>One operation of the API: how its request looks on the wire and how its answer is read.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path, with names in braces for segments.</param>
/// <param name="fill">Puts a request's members into the call.</param>
/// <param name="read">Reads the answer's body.</param>
internal sealed class RestOperation<TRequest, TResponse>(
    string method, string path, Action<RestCall, TRequest> fill, Func<JsonElement, TResponse> read)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.EKS") { HttpMethod = method, ResourcePath = path };
        fill(new RestCall(request), (TRequest)input);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        ForeignJson.Read(input.Stream, read) ?? throw new JsonException("the body is null");

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return AmazonEKSException.Of(error);
    }
}

/// <summary>A request under construction.</summary>
internal readonly struct RestCall(DefaultRequest request)
{
    /// <summary>Fills a segment of the path; every character outside <c>A-Za-z0-9-._~</c> is escaped, slashes too.</summary>
    public RestCall Segment(string name, string? value)
    {
        // Without it the path would be that of another operation.
        ArgumentException.ThrowIfNullOrEmpty(value);
        request.AddPathResource(name, value);
        return this;
    }

    /// <summary>Adds a parameter to the query, if there is a value.</summary>
    public RestCall Query(string name, string? value)
    {
        if (value is not null)
        {
            request.UseQueryString = true;
            request.Parameters.Add(name, value);
        }

        return this;
    }

    /// <summary>Adds a body.</summary>
    public RestCall Body<T>(T body, JsonTypeInfo<T> json)
    {
        request.Content = JsonSerializer.SerializeToUtf8Bytes(body, json);
        request.Headers["Content-Type"] = "application/json";
        return this;
    }
}
