namespace AuthMap.Documents;

/// <summary>A stretch of text, in UTF-16 code units.</summary>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>How many characters it holds.</summary>
    public int Length => End - Start;
}

/// <summary>A place in text as people count it.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 code units.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>Line and column, as compilers print them.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
