using System.Net;
using Amazon.EKS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.EKS
{
    /// <summary>The EKS API said no; <c>ErrorCode</c> and the message are its own words.</summary>
    internal class AmazonEKSException(
        string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
    {
        /// <summary>The exception of an error's code.</summary>
        public static AmazonEKSException Of(ErrorResponse error) => error.Code switch
        {
            "ResourceNotFoundException" => new ResourceNotFoundException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
            "AccessDeniedException" => new AccessDeniedException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
            "InvalidParameterException" => new InvalidParameterException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
            _ => new AmazonEKSException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        };
    }
}

namespace Amazon.EKS.Model
{
    /// <summary>There is no such cluster (or other resource) in the region.</summary>
    internal sealed class ResourceNotFoundException(
        string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : AmazonEKSException(message, innerException, errorType, errorCode, requestId, statusCode);

    /// <summary>IAM does not allow it; the message names the action.</summary>
    internal sealed class AccessDeniedException(
        string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : AmazonEKSException(message, innerException, errorType, errorCode, requestId, statusCode);

    /// <summary>A parameter is not as the API wants it; the message says how.</summary>
    internal sealed class InvalidParameterException(
        string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : AmazonEKSException(message, innerException, errorType, errorCode, requestId, statusCode);
}
