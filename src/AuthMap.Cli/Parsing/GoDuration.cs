using System.Buffers;
using System.Globalization;

namespace AuthMap.Cli.Parsing;

/// <summary>Durations as Go and eksctl write them: <c>60s</c>, <c>1m30s</c>, <c>25m0s</c>, <c>1.5h</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> _number = SearchValues.Create("0123456789.");

    private static readonly TimeSpan _longest = TimeSpan.FromHours(24);

    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: not a duration, not positive, or over a day.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var seconds = Seconds(text)
            ?? throw Usage.Error($"{option} \"{text}\" is not a duration", "write it like 60s, 1m30s or 25m0s");
        Usage.Forbid(seconds <= 0, $"{option} must be more than nothing, not {text}");
        Usage.Forbid(seconds > _longest.TotalSeconds, $"{option} is {text}, which is more than a day");
        return TimeSpan.FromSeconds(seconds);
    }

    private static double? Seconds(string text)
    {
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
        {
            return 0;
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        var total = 0.0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(_number);
            if (digits <= 0
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return null;
            }

            rest = rest[digits..];
            var length = rest.IndexOfAny(_number);
            var unit = length < 0 ? rest : rest[..length];
            var scale = unit switch
            {
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                "ms" => 1e-3,
                "us" or "µs" or "μs" => 1e-6,
                "ns" => 1e-9,
                _ => double.NaN,
            };
            if (double.IsNaN(scale))
            {
                return null;
            }

            total += amount * scale;
            rest = rest[unit.Length..];
        }

        return negative ? -total : total;
    }
}
