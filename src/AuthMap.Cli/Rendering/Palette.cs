namespace AuthMap.Cli.Rendering;

/// <summary>Colours, which only repeat what the signs say; without them the text is the same.</summary>
internal sealed class Palette(bool on)
{
    public static Palette For(bool isTerminal, ColorMode mode, IReadOnlyDictionary<string, string> environment) => new(
        isTerminal && mode switch
        {
            ColorMode.On => true,
            ColorMode.Off => false,
            _ => environment.GetValueOrDefault("NO_COLOR", "").Length == 0 && environment.GetValueOrDefault("TERM") != "dumb",
        });

    /// <summary>No colours.</summary>
    public static Palette None { get; } = new(false);

    public string Red(string text) => Paint("31", text);

    public string Green(string text) => Paint("32", text);

    public string Yellow(string text) => Paint("33", text);

    public string Cyan(string text) => Paint("36", text);

    public string Bold(string text) => Paint("1", text);

    /// <summary>Paints by the sign that a line starts with.</summary>
    public string Signed(char sign, string text) => sign switch
    {
        '+' => Green(text),
        '-' => Red(text),
        '~' => Yellow(text),
        _ => text,
    };

    private string Paint(string code, string text) => on ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
