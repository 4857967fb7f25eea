namespace AuthMap.Benchmarks.Native;

/// <summary>From the symbols of the native compiler to names that people know.</summary>
internal static class Assemblies
{
    // The longest first, where one starts with another.
    private static readonly (string Prefix, string Name)[] _known =
    [
        ("AuthMap_Core", "AuthMap.Core"),
        ("AuthMap_Cluster", "AuthMap.Cluster"),
        ("authmap", "authmap (commands, rendering)"),
        ("AWSSDK", "AWSSDK"),
        ("KubernetesClient", "KubernetesClient (models)"),
        ("YamlDotNet", "YamlDotNet"),
        ("System_CommandLine", "System.CommandLine"),
        ("System_Text_Json", "System.Text.Json"),
        ("System_Text_RegularExpressions", "System.Text.RegularExpressions"),
        ("System_Net_Http", "System.Net.Http"),
        ("System_Net", "System.Net (sockets, TLS)"),
        ("System_Security_Cryptography", "System.Security.Cryptography"),
        ("System_Formats_Asn1", "System.Security.Cryptography"),
        ("System_Linq", "System.Linq"),
        ("System_Collections", "System.Collections"),
        ("S_P_Xml", "System.Xml"),
        ("S_P_Uri", "System.Uri"),
        ("S_P_", "the runtime and its core library"),
        ("System_", "other libraries of .NET"),
        ("String", "the runtime and its core library"),
        ("Object", "the runtime and its core library"),
    ];

    public static string Of(string symbol) =>
        Array.Find(_known, known => symbol.StartsWith(known.Prefix, StringComparison.Ordinal)).Name ?? "the runtime and its core library";
}
