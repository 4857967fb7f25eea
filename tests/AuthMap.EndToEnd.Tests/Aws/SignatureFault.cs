namespace AuthMap.EndToEnd;

/// <summary>What can be wrong with a signed request; each service has its own code for it.</summary>
internal enum SignatureFault
{
    Missing,
    Incomplete,
    UnknownKey,
    ExpiredSession,
    WrongTime,
    Mismatch,
}

/// <summary>A request that is turned away for its signature, in the words of AWS.</summary>
internal sealed class SignatureException(SignatureFault fault, string message) : Exception(message)
{
    public SignatureFault Fault => fault;
}
