namespace AuthMap.Cli.Rendering;

/// <summary>Formats for programs.</summary>
internal enum StructuredFormat
{
    Json,
    Yaml,
}
