namespace AuthMap;

/// <summary>How much a notice matters.</summary>
public enum NoticeLevel
{
    /// <summary>Something was done a little differently from what was typed.</summary>
    Note,

    /// <summary>Something is probably not what the user wants.</summary>
    Warning,
}

/// <summary>One line beside the answer.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">The line, without a final full stop.</param>
public sealed record Notice(NoticeLevel Level, string Text)
{
    /// <summary>Makes a note.</summary>
    /// <param name="text">The line.</param>
    public static Notice Note(string text) => new(NoticeLevel.Note, text);

    /// <summary>Makes a warning.</summary>
    /// <param name="text">The line.</param>
    public static Notice Warning(string text) => new(NoticeLevel.Warning, text);
}
