using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Who the caller is to an API server, by its own word (<c>SelfSubjectReview</c>, Kubernetes 1.28 and later).</summary>
/// <param name="Username">The username.</param>
/// <param name="Groups">The groups, those included that the server adds by itself.</param>
/// <param name="Arn">The caller's ARN, where aws-iam-authenticator let it in; null otherwise.</param>
/// <param name="UserId">The user id that STS returned to the authenticator; null otherwise.</param>
/// <param name="AccessKeyId">The id of the access key in the token; null otherwise.</param>
public sealed record SelfReview(
    string Username, IReadOnlyList<string> Groups, string? Arn, string? UserId, string? AccessKeyId)
{
    private const string Path = "apis/authentication.k8s.io/v1/selfsubjectreviews";

    /// <summary>The same as the resolver takes it; null when the caller did not enter through aws-iam-authenticator.</summary>
    public Caller? Caller => Arn is null ? null : new(Arn) { UserId = UserId, AccessKeyId = AccessKeyId };

    /// <summary>Asks the server. It needs no permission beyond having entered.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the server does not answer this question.</returns>
    /// <exception cref="AuthMapException">The server was not reached.</exception>
    internal static async Task<SelfReview?> AskAsync(ApiConnection connection, CancellationToken cancellationToken)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(
            new SelfSubjectReview("authentication.k8s.io/v1", "SelfSubjectReview", null), SelfReviewJson.Default.SelfSubjectReview);
        try
        {
            var answer = await connection.SendAsync(HttpMethod.Post, Path, (question, "application/json"), cancellationToken);
            return answer.IsSuccess ? Read(answer) : null;
        }
        catch (Exception exception) when (exception is NoAnswerException or JsonException)
        {
            return null;
        }
    }

    private static SelfReview? Read(ApiAnswer answer)
    {
        var user = JsonSerializer.Deserialize(answer.Body, SelfReviewJson.Default.SelfSubjectReview)?.Status?.UserInfo;
        return user is null
            ? null
            : new(user.Username ?? "", user.Groups ?? [], Extra("arn"), UserIdOf(Extra("principalId"), Extra("sessionName")), Extra("accessKeyId"));

        string? Extra(string name) => user.Extra?.GetValueOrDefault(name) is [{ Length: > 0 } value, ..] ? value : null;
    }

    // The authenticator splits a session's user id in two, and gives both halves.
    private static string? UserIdOf(string? principal, string? session) =>
        principal is null ? null : session is null ? principal : $"{principal}:{session}";
}

internal sealed record SelfSubjectReview(string ApiVersion, string Kind, SelfSubjectReviewStatus? Status);

internal sealed record SelfSubjectReviewStatus(ReviewedUser? UserInfo);

internal sealed record ReviewedUser(string? Username, IReadOnlyList<string>? Groups, Dictionary<string, string[]>? Extra);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SelfSubjectReview))]
internal sealed partial class SelfReviewJson : JsonSerializerContext;
