using System.Globalization;
using System.Net;

namespace AuthMap.EndToEnd;

/// <summary>What the proxy does with a request instead of just passing it on.</summary>
public delegate Task Fault(Exchange exchange);

/// <summary>The faults that happen between a client and a cluster.</summary>
public static class Faults
{
    /// <summary>No fault at all; for a request that has to stand in the queue before the one that is meant.</summary>
    public static Fault None { get; } = async exchange => await exchange.ReplyAsync(await exchange.ForwardAsync());

    /// <summary>Hangs up before the server sees anything.</summary>
    public static Fault HangUp { get; } = exchange =>
    {
        exchange.HangUp();
        return Task.CompletedTask;
    };

    /// <summary>The server does it, and the client never learns.</summary>
    public static Fault SwallowAnswer { get; } = async exchange =>
    {
        await exchange.ForwardAsync();
        exchange.HangUp();
    };

    /// <summary>An answer of the proxy's own; the server sees nothing.</summary>
    public static Fault Reply(Answer answer) => exchange => exchange.ReplyAsync(answer);

    /// <summary>409, as after somebody else's write.</summary>
    public static Fault Conflict { get; } =
        Reply(Answer.Error(HttpStatusCode.Conflict, "Conflict", "the object has been modified"));

    /// <summary>429, with the number of seconds to wait.</summary>
    public static Fault TooManyRequests(int retryAfter) =>
        Reply(Answer.Error(HttpStatusCode.TooManyRequests, "TooManyRequests", "too many requests")
            .With("Retry-After", retryAfter.ToString(CultureInfo.InvariantCulture)));

    public static Fault InternalError { get; } =
        Reply(Answer.Error(HttpStatusCode.InternalServerError, "InternalError", "etcdserver: leader changed"));

    public static Fault Unavailable { get; } =
        Reply(Answer.Error(
            HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "the server is currently unable to handle the request"));

    /// <summary>Gives only the first bytes of the real answer's body.</summary>
    public static Fault Truncate(int length) =>
        async exchange => await exchange.ReplyInPartAsync(await exchange.ForwardAsync(), length);

    /// <summary>Keeps the request back; a client that gives up meanwhile has sent nothing.</summary>
    public static Fault Delay(TimeSpan time) => Before(exchange => Task.Delay(time, exchange.ClientGone));

    /// <summary>Keeps the request back until the test lets it go.</summary>
    public static Fault DelayUntil(Task released) => Before(exchange => released.WaitAsync(exchange.ClientGone));

    /// <summary>Something happens before the server sees the request.</summary>
    public static Fault Before(Func<Exchange, Task> act) => async exchange =>
    {
        await act(exchange);
        await None(exchange);
    };

    /// <summary>
    /// Something happens after the server answered and before the client hears: another writer after a read, say.
    /// </summary>
    public static Fault After(Func<Exchange, Task> act) => async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        await act(exchange);
        await exchange.ReplyAsync(answer);
    };
}
