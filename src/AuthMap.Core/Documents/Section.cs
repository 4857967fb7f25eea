using AuthMap.Yaml;

namespace AuthMap.Documents;

/// <summary>One key of aws-auth: its exact text, and what the authenticator makes of it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">The text as it stands in <c>data</c>; null when the key is absent.</param>
/// <param name="Entries">The entries that the authenticator keeps, in the order of the list.</param>
/// <param name="Faults">What it cannot use, in the order of the text.</param>
public sealed record Section(SectionKey Key, string? Text, IReadOnlyList<Entry> Entries, IReadOnlyList<Fault> Faults)
{
    /// <summary>The nodes of the text, for splicing; null when there are none or they cannot be composed.</summary>
    internal YamlNode? Root { get; init; }

    /// <summary>What the authenticator reads the nodes as, unknown fields included; null when it was not needed to decode the key.</summary>
    internal GoValue? Value { get; init; }

    /// <summary>The fault that makes the authenticator drop the whole key; null when it reads the list.</summary>
    public Fault? Fatal => Faults.FirstOrDefault(fault => fault.Cost == FaultCost.Key);
}
