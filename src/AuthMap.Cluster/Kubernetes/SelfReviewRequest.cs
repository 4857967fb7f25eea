using System.Text.Json;
using AuthMap.Cluster.Kubernetes.Http;
using AuthMap.Confirming;
using AuthMap.Resolving;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Asks an API server who the caller is.</summary>
internal static class SelfReviewRequest
{
    private const string Path = "apis/authentication.k8s.io/v1/selfsubjectreviews";

    /// <summary>Asks the server. It needs no permission beyond having entered.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the server does not answer this question.</returns>
    /// <exception cref="AuthMapException">The server was not reached.</exception>
    public static async Task<SelfReview?> AskAsync(ApiConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(connection, cancellationToken);
            return answer.IsSuccess ? Read(answer) : null;
        }
        catch (Exception exception) when (exception is NoAnswerException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Asks the server, and tells apart why it does not say.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="target">Its name.</param>
    /// <param name="isFresh">Whether the credential is a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Probe> EnterAsync(
        ApiConnection connection, string target, bool isFresh, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(connection, cancellationToken);
            return answer switch
            {
                { IsSuccess: true } when Read(answer) is { } review => new Entered(review, isFresh),
                { Status: 401 } => new TurnedAway(),
                { IsPassing: true } => new NoAnswer(new(FailureKind.Unreachable, $"{target} cannot answer at the moment: {answer.Status}")),
                { Status: 404 } => new Unanswered(
                    $"{target} cannot say as whom you enter; Kubernetes can from 1.28 on", "leave --confirm-within out, or upgrade to Kubernetes 1.28"),
                _ => new Unanswered($"{target} does not say as whom you enter: {ApiRefusal.Said(answer)}"),
            };
        }
        catch (NoAnswerException exception)
        {
            return new NoAnswer(exception.Failure);
        }
        catch (JsonException)
        {
            return new Unanswered($"{target} does not say as whom you enter: its answer cannot be read");
        }
    }

    private static Task<ApiAnswer> SendAsync(ApiConnection connection, CancellationToken cancellationToken)
    {
        var question = """{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"""u8.ToArray();
        return connection.SendAsync(HttpMethod.Post, Path, (question, "application/json"), cancellationToken);
    }

    private static SelfReview? Read(ApiAnswer answer) =>
        ForeignJson.Read(answer.Body, json => json.Member("status")?.Member("userInfo") is { } user ? Review(user) : null);

    private static SelfReview Review(JsonElement user)
    {
        var extra = user.Member("extra");
        return new(
            user.Text("username") ?? "",
            user.Texts("groups") ?? [],
            Extra("arn"),
            UserIdOf(Extra("principalId"), Extra("sessionName")),
            Extra("accessKeyId"));

        string? Extra(string name) => extra?.Texts(name) is [{ Length: > 0 } value, ..] ? value : null;
    }

    // The authenticator splits a session's user id in two, and gives both halves.
    private static string? UserIdOf(string? principal, string? session) =>
        principal is null ? null : session is null ? principal : $"{principal}:{session}";
}
