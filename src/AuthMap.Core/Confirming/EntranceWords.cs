using AuthMap.Resolving;

namespace AuthMap.Confirming;

/// <summary>As whom one is in, as people read it.</summary>
public static class EntranceWords
{
    /// <summary>The words: <c>dev-user (groups view, edit)</c>.</summary>
    /// <param name="review">As whom.</param>
    public static string Of(SelfReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return $"{review.Username} ({(review.Groups.Count == 0 ? "no groups" : $"groups {string.Join(", ", review.Groups)}")})";
    }
}
