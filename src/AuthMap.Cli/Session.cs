using AuthMap.Cli.Rendering;

namespace AuthMap.Cli;

/// <summary>What a request runs in; nothing below it reaches for the process itself.</summary>
internal sealed record Session(Terminal Terminal, Talk Talk, IReadOnlyDictionary<string, string> Environment, TimeProvider Clock);
