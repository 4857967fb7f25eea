using System.CommandLine;
using System.CommandLine.Completions;

namespace AuthMap.Cli.Parsing;

/// <summary>A word that an option or argument takes.</summary>
/// <param name="Word">The word.</param>
/// <param name="Value">What it stands for.</param>
/// <param name="Note">What it means, where the word does not say it.</param>
internal sealed record Choice<T>(string Word, T Value, string? Note = null);

/// <summary>The few words that something takes: the check, its message, the help and shell completion all read the one list.</summary>
internal sealed class Choices<T>(params IReadOnlyList<Choice<T>> all)
    where T : struct
{
    /// <summary>The words alone.</summary>
    public IEnumerable<string> Names => all.Select(choice => choice.Word);

    /// <summary>The words as part of a sentence: <c>json, yaml or name</c>.</summary>
    public string Words => Listed(Names);

    /// <summary>The words with their notes.</summary>
    public string Explained => Listed(all.Select(choice => choice.Note is null ? choice.Word : $"{choice.Word} ({choice.Note})"));

    /// <param name="name">What takes it, for the message.</param>
    /// <param name="typed">The word.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is none of the words.</exception>
    public T Read(string name, string typed) =>
        Find(typed) ?? throw Usage.Error($"{name} cannot be \"{typed}\"", $"use {Words}");

    /// <summary>What a word stands for; null when it is none of them.</summary>
    public T? Find(string word) => all.FirstOrDefault(choice => choice.Word == word)?.Value;

    /// <summary>Makes them known to whoever asks the command tree for completions.</summary>
    public void OfferIn(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        sources.Clear();
        sources.Add(_ => all.Select(choice => new CompletionItem(choice.Word, detail: choice.Note)));
    }

    private static string Listed(IEnumerable<string> words) =>
        words.ToArray() is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)} or {last}" : string.Concat(words);
}

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption<T> : Option<string>
    where T : struct
{
    private readonly Choices<T> _choices;

    public ChoiceOption(string name, string? alias, Choices<T> choices)
        : base(name, alias is null ? [] : [alias])
    {
        _choices = choices;
        _choices.OfferIn(CompletionSources);
    }

    /// <summary>What the word stands for; null when the option is not given, or given without a value.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is none of the words.</exception>
    public T? Read(ParseResult parsed) => parsed.GetValue(this) is { } typed ? _choices.Read(Name, typed) : null;
}
