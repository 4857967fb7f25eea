namespace AuthMap.Yaml;

/// <summary>What go-yaml v2 takes an untyped scalar for.</summary>
internal enum ScalarType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A YAML 1.1 boolean: <c>yes</c>, <c>off</c>, <c>y</c> and so on are some.</summary>
    Boolean,

    /// <summary>An integer or a finite float.</summary>
    Number,

    /// <summary>An infinity or not-a-number, which JSON cannot carry.</summary>
    NonFinite,
}
