using System.CommandLine;
using System.Globalization;

namespace AuthMap.Cli.Parsing;

/// <summary>An option that takes the number of a revision.</summary>
internal sealed class RevisionOption : Option<string>
{
    public RevisionOption(string name, string description)
        : base(name)
    {
        HelpName = "N";
        Description = description;
    }

    /// <summary>The number; null when the option is not given.</summary>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: it is no such number.</exception>
    public int? Read(ParseResult parsed) => parsed.GetValue(this) switch
    {
        null => null,
        var typed when int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var typed => throw Usage.Error($"{Name} cannot be \"{typed}\"", "use the number of a revision that authmap history lists"),
    };
}
