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
/// <param name="Remedy">The arguments of the command that mends it, as shell words, without the program and the place of the map;
/// null when there is none.</param>
public sealed record Notice(NoticeLevel Level, string Text, string? Remedy = null)
{
    /// <summary>Makes a note.</summary>
    /// <param name="text">The line.</param>
    public static Notice Note(string text) => new(NoticeLevel.Note, text);

    /// <summary>Makes a warning.</summary>
    /// <param name="text">The line.</param>
    /// <param name="remedy">The arguments of the command that mends it.</param>
    public static Notice Warning(string text, string? remedy = null) => new(NoticeLevel.Warning, text, remedy);
}
