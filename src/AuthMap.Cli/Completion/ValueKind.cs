using System.CommandLine;

namespace AuthMap.Cli.Completion;

/// <summary>What the value of an option is, where it is not one of a few fixed words.</summary>
internal enum ValueKind
{
    /// <summary>Something that cannot be suggested.</summary>
    Other,

    /// <summary>A file, which the shell itself suggests.</summary>
    File,

    /// <summary>A context of the kubeconfig.</summary>
    Contexts,

    /// <summary>A profile of the AWS files.</summary>
    Profiles,

    /// <summary>An AWS region.</summary>
    Regions,

    /// <summary>An ARN in the map that the command line names.</summary>
    Arns,
}

internal static class ValueKinds
{
    public static ValueKind Of(Option option) => option switch
    {
        { Name: "--context" } => ValueKind.Contexts,
        { Name: "--profile" } => ValueKind.Profiles,
        { Name: "--region" } => ValueKind.Regions,
        { Name: "--arn" or "--role" } => ValueKind.Arns,
        { HelpName: "FILE" } => ValueKind.File,
        _ => ValueKind.Other,
    };

    /// <summary>Its name in the scripts, which ask the program for the values of all kinds but the first two.</summary>
    public static string Name(this ValueKind kind) => kind.ToString().ToLowerInvariant();

    public static ValueKind? OfName(string name) => name switch
    {
        "contexts" => ValueKind.Contexts,
        "profiles" => ValueKind.Profiles,
        "regions" => ValueKind.Regions,
        "arns" => ValueKind.Arns,
        _ => null,
    };
}
