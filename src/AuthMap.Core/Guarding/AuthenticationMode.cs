namespace AuthMap.Guarding;

/// <summary>What a cluster lets people in by (the EKS API's <c>accessConfig.authenticationMode</c>).</summary>
public enum AuthenticationMode
{
    /// <summary><c>CONFIG_MAP</c>: by aws-auth alone.</summary>
    ConfigMap,

    /// <summary><c>API_AND_CONFIG_MAP</c>: by access entries, and by aws-auth for principals that have none.</summary>
    ApiAndConfigMap,

    /// <summary><c>API</c>: by access entries alone; nobody reads aws-auth.</summary>
    Api,
}
