namespace AuthMap.Cli.Rendering;

/// <summary>Formats of a listing.</summary>
internal enum ListingFormat
{
    Table,
    Wide,
    Json,
    Yaml,
    Name,
    Manifest,
}
