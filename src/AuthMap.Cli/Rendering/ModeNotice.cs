using AuthMap.Editing;
using AuthMap.Guarding;

namespace AuthMap.Cli.Rendering;

/// <summary>What a cluster's authentication mode means for its map.</summary>
internal static class ModeNotice
{
    public static IEnumerable<Notice> OfListing(Snapshot snapshot, string target) => snapshot.Mode switch
    {
        AuthenticationMode.Api => [Unread(target)],
        AuthenticationMode.ApiAndConfigMap => [Shared(target)],
        _ => [],
    };

    public static IEnumerable<Notice> OfChange(Outcome outcome, string target) => outcome.Read.Mode switch
    {
        // When something is to be written, the guard has said so already.
        AuthenticationMode.Api when outcome.Kind == OutcomeKind.NothingToDo => [Unread(target)],
        AuthenticationMode.ApiAndConfigMap => [Shared(target)],
        _ => [],
    };

    private static Notice Unread(string target) => Notice.Warning(
        $"nobody reads this map: the authentication mode of {target} is API, which lets people in by access entries alone");

    private static Notice Shared(string target) => Notice.Note(
        $"an access entry for the same principal wins over this map: the authentication mode of {target} is API_AND_CONFIG_MAP");
}
