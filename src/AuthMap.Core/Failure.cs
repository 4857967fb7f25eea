namespace AuthMap;

/// <summary>Why something could not be done; each kind has one exit code of the program.</summary>
public enum FailureKind
{
    /// <summary>A fault of a file, a disk or a server.</summary>
    Failed,

    /// <summary>The request itself makes no sense: a bad ARN, option or combination. Nothing was contacted.</summary>
    Usage,

    /// <summary>The mapping, the ConfigMap or the cluster is not there.</summary>
    NotFound,

    /// <summary>Somebody else kept changing the map until the time was up.</summary>
    Conflict,

    /// <summary>Done as asked it would lose or break something, or what is there cannot be read.</summary>
    Refused,

    /// <summary>A change that had to be confirmed was not: it was undone, or not written because nothing could have undone it.</summary>
    Unconfirmed,

    /// <summary>The caller is unknown to the server, or may not do this.</summary>
    Unauthorized,

    /// <summary>No answer from the server within the time allowed.</summary>
    Unreachable,
}

/// <summary>A failure as a person reads it.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Message">What is wrong and where, in one line, without a final full stop.</param>
/// <param name="Details">Further facts, a line each; each is shown indented under the message.</param>
/// <param name="Hint">What to do about it; null when there is nothing useful to say.</param>
public sealed record Failure(FailureKind Kind, string Message, IReadOnlyList<string> Details, string? Hint)
{
    /// <summary>A failure without details.</summary>
    /// <param name="kind">The class of failure.</param>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="hint">What to do about it.</param>
    public Failure(FailureKind kind, string message, string? hint = null)
        : this(kind, message, [], hint)
    {
    }
}

/// <summary>The one exception that this library throws on purpose; everything a caller shows is in <see cref="Failure"/>.</summary>
public sealed class AuthMapException : Exception
{
    /// <summary>Wraps a failure.</summary>
    /// <param name="failure">What to tell the user.</param>
    /// <param name="innerException">The technical cause, for logs.</param>
    public AuthMapException(Failure failure, Exception? innerException = null)
        : base((failure ?? throw new ArgumentNullException(nameof(failure))).Message, innerException) => Failure = failure;

    /// <summary>Wraps a failure without details.</summary>
    /// <param name="kind">The class of failure.</param>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="hint">What to do about it.</param>
    public AuthMapException(FailureKind kind, string message, string? hint = null)
        : this(new Failure(kind, message, hint))
    {
    }

    /// <summary>What to tell the user.</summary>
    public Failure Failure { get; }
}
