using System.Text.Json;

namespace AuthMap.Cluster.Kubernetes;

/// <summary>Tells from an object's managed fields which programs keep it as they want it and may overwrite a change.</summary>
internal static class ObjectOwners
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private const string KubectlApply = "kubectl apply";

    // Field managers are free text; these are the names under which the programs are seen. A client that names no manager is
    // recorded by the start of its user agent, hence HashiCorp.
    private static readonly (string Prefix, string Name)[] Known =
    [
        ("kubectl-client-side-apply", KubectlApply),
        ("kubectl-last-applied", KubectlApply),
        ("terraform", "Terraform"),
        ("hashicorp", "Terraform"),
        ("opentofu", "OpenTofu"),
        ("argocd", "Argo CD"),
        ("kustomize-controller", "Flux"),
        ("helm-controller", "Flux"),
        ("helm", "Helm"),
        ("pulumi", "Pulumi"),
        ("crossplane", "Crossplane"),
        ("fleet", "Fleet"),
        ("kapp", "kapp"),
        ("configsync", "Config Sync"),
    ];

    /// <summary>The other programs that own keys of <c>data</c>, by the names people know, each once.</summary>
    public static IReadOnlyList<string> Of(JsonElement metadata)
    {
        var owners = metadata.Items("managedFields", Owner) ?? [];
        var applied = metadata.Member("annotations")?.Member(LastApplied) is null ? null : KubectlApply;
        return [.. owners.Prepend(applied).OfType<string>().Distinct()];
    }

    private static string? Owner(JsonElement entry)
    {
        var (manager, operation) = (entry.Text("manager") ?? "", entry.Text("operation"));
        if (entry.Member("fieldsV1")?.Member("f:data") is null)
        {
            return null;
        }

        var known = Known.FirstOrDefault(known => manager.StartsWith(known.Prefix, StringComparison.OrdinalIgnoreCase)).Name;
        if (known is not null || operation != "Apply")
        {
            // Others that update have edited once: eksctl, kubectl edit, a script.
            return known;
        }

        // Whoever uses server-side apply comes back, whatever its name.
        return manager switch
        {
            "kubectl" => KubectlApply,
            "authmap" or "" => null,
            _ => manager,
        };
    }
}
