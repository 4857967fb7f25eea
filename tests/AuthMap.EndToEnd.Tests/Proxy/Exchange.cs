using Microsoft.AspNetCore.Http;

namespace AuthMap.EndToEnd;

/// <summary>One request and what becomes of it: the material of a <see cref="Fault"/>.</summary>
public sealed class Exchange(HttpContext context, RecordedRequest request, Func<RecordedRequest, Task<Answer>> forward)
{
    public RecordedRequest Request => request;

    /// <summary>Ends when the client gives up.</summary>
    public CancellationToken ClientGone => context.RequestAborted;

    /// <summary>Hands the request to the real server. It goes through even if the client gives up.</summary>
    public Task<Answer> ForwardAsync() => forward(request);

    public async Task ReplyAsync(Answer answer)
    {
        Begin(answer);
        await context.Response.Body.WriteAsync(answer.Body, ClientGone);
    }

    /// <summary>Promises the whole answer and gives its beginning; then the connection ends.</summary>
    public async Task ReplyInPartAsync(Answer answer, int length)
    {
        // An answer shorter than announced makes the server close the connection in good order. Hanging up would not do:
        // a reset may overtake what was sent, and the client would see no answer at all.
        Begin(answer);
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, Math.Min(length, answer.Body.Length)), ClientGone);
    }

    /// <summary>Closes the connection without a further word.</summary>
    public void HangUp() => context.Abort();

    private void Begin(Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = answer.Body.Length;
    }
}
