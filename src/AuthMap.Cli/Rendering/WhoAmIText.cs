using AuthMap.Guarding;
using AuthMap.Resolving;

namespace AuthMap.Cli.Rendering;

/// <summary>An answer to <c>whoami</c>.</summary>
/// <param name="Resolve">What the map says; null when the caller is not known to AWS.</param>
/// <param name="Review">What the server says; null when it says nothing.</param>
/// <param name="Mode">What the cluster lets people in by; null where that is not known.</param>
internal sealed record WhoAmIAnswer(ResolveAnswer? Resolve, SelfReview? Review, AuthenticationMode? Mode)
{
    /// <summary>Whether map and server say the same; null when one of them says nothing.</summary>
    public bool? Agrees => Resolve is null || Review is null ? null : Resolve.Resolution.Outcomes.Any(Review.Confirms);

    /// <summary>How the program ends.</summary>
    public ExitCode ExitCode => Resolve is null ? ExitCode.Done
        : Agrees == false ? ExitCode.Differences
        : Resolve.ExitCode;
}

/// <summary>Writes that answer for people.</summary>
internal static class WhoAmIText
{
    // What EKS makes of whoever created the cluster.
    private const string Creator = "kubernetes-admin";

    public static void Write(TextWriter output, WhoAmIAnswer answer)
    {
        if (answer.Resolve is { } resolve)
        {
            output.WriteLine(Printable.Line($"you are {resolve.Caller.Arn}"));
            ResolutionText.Write(output, resolve);
        }
        else
        {
            output.WriteLine("you are nobody known to AWS: the server let you in by other credentials, for which the map does not count");
        }

        switch (answer)
        {
            case { Review: null }:
                Line("server", "does not say who you are; it can from Kubernetes 1.28 on");
                if (answer.Resolve!.Resolution.Outcomes.All(outcome => outcome.Error is not null))
                {
                    Line("note", $"it let you in all the same: {Why(answer)}");
                }

                break;
            case { Agrees: true }:
                Line("server", "says the same");
                break;
            case { Agrees: false, Review: { } review }:
                Line("server", $"says otherwise: {Words(review)}");
                Line("perhaps", Why(answer));
                break;
            case { Review: { } review }:
                Line("server", $"says {Words(review)}");
                break;
        }

        void Line(string label, string text) => ResolutionText.WriteLine(output, label, text);
    }

    private static string Words(SelfReview review) =>
        $"{(review.Username.Length > 0 ? review.Username : "nobody in particular")}, groups {(review.Groups.Count > 0 ? string.Join(", ", review.Groups) : "none")}";

    private static string Why(WhoAmIAnswer answer) => answer switch
    {
        { Mode: AuthenticationMode.Api } => "by an access entry: the authentication mode is API, and nobody reads the map",
        { Mode: AuthenticationMode.ApiAndConfigMap } => "by an access entry, which wins over the map: the authentication mode is API_AND_CONFIG_MAP",
        { Review.Username: Creator } => "you created the cluster, which makes you its administrator without an entry",
        { Review: null } => "you may have created the cluster, which makes you its administrator without an entry, or have an access entry",
        _ => "the map was changed a moment ago: the authenticator takes a while to see it, and the server remembers for minutes whom it let in",
    };
}
