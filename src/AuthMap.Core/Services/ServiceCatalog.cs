namespace AuthMap.Services;

/// <summary>The services that can be mapped; another one is one more entry.</summary>
public static class ServiceCatalog
{
    private static readonly string[] _object = ["get", "list", "watch", "describe", "create", "edit", "delete", "annotate", "patch", "label"];

    private static readonly string[] _collection =
        ["get", "list", "watch", "describe", "create", "edit", "delete", "deletecollection", "annotate", "patch", "label"];

    /// <summary>All of them.</summary>
    /// <remarks>The rules are what each service's documentation asks for and eksctl writes, verbs that RBAC does not know
    /// (describe, edit, annotate, label) included, so that both programs agree on what is there.</remarks>
    public static IReadOnlyList<ServiceDefinition> All { get; } =
    [
        new("emr-containers", "AWSServiceRoleForAmazonEMRContainers", "emr-containers",
        [
            new([""], ["namespaces"], ["get"]),
            new([""], ["serviceaccounts", "services", "configmaps", "events", "pods", "pods/log"], _collection),
            new([""], ["secrets"], ["create", "patch", "delete", "watch"]),
            new(["apps"], ["statefulsets", "deployments"], _object),
            new(["batch"], ["jobs"], _object),
            new(["extensions", "networking.k8s.io"], ["ingresses"], _object),
            new(["rbac.authorization.k8s.io"], ["roles", "rolebindings"], _collection),
            new([""], ["persistentvolumeclaims"], ["create", "list", "delete", "deletecollection"]),
            new(["scheduling.volcano.sh"], ["podgroups"], ["get", "list", "watch", "create", "delete", "update"]),
        ]),
    ];

    /// <summary>Finds a service.</summary>
    /// <param name="name">Its name, exactly.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: there is none such.</exception>
    public static ServiceDefinition Find(string name) =>
        All.FirstOrDefault(service => service.Name == name) ?? throw new AuthMapException(
            FailureKind.Usage, $"invalid service name \"{name}\"", $"known are: {string.Join(", ", All.Select(service => service.Name))}");
}
