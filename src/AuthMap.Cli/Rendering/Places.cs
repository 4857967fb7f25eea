using AuthMap.Documents;
using AuthMap.Editing;

namespace AuthMap.Cli.Rendering;

/// <summary>Names places in a map as people find them: in the manifest file where there is one, else in the key's text.</summary>
internal static class Places
{
    public static string Name(Snapshot snapshot, string target, SectionKey key, TextPosition position) =>
        snapshot.Locate is { } locate
            ? $"{target}:{locate(key, position)}: {key.Name()}"
            : $"{key.Name()} line {position.Line}, column {position.Column}";

    public static int Line(Snapshot snapshot, SectionKey key, TextPosition position) =>
        (snapshot.Locate?.Invoke(key, position) ?? position).Line;

    /// <summary>The faults of a map as warnings, with what each one costs.</summary>
    public static IEnumerable<string> Faults(Snapshot snapshot, string target, AwsAuthDocument document) =>
        from section in document.Sections
        from fault in section.Faults
        select $"{Name(snapshot, target, fault.Key, fault.Position)}: {fault.Message}; " + fault.Cost switch
        {
            FaultCost.Field => "the authenticator reads the field as empty",
            FaultCost.Entry => "the authenticator drops the entry",
            _ => $"the authenticator drops all of {fault.Key.Name()}",
        };
}
