using AuthMap.Documents;

namespace AuthMap.Yaml;

/// <summary>Why a YAML text cannot be read at all.</summary>
/// <param name="Position">Where.</param>
/// <param name="Message">What is wrong, without position or a final full stop.</param>
internal sealed record YamlFault(TextPosition Position, string Message);

/// <summary>Carries a <see cref="YamlFault"/> out of nested reading; never leaves this library.</summary>
internal sealed class YamlFaultException(YamlFault fault) : Exception(fault.Message)
{
    public YamlFaultException(TextPosition position, string message)
        : this(new YamlFault(position, message))
    {
    }

    public YamlFault Fault { get; } = fault;
}
