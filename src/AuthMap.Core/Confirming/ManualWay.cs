namespace AuthMap.Confirming;

/// <summary>How a person undoes the change when this program no longer can.</summary>
/// <param name="Kubeconfig">The file that leads to aws-auth without depending on it.</param>
/// <param name="Patch">The file with the patch that undoes the change.</param>
/// <param name="Expires">When the way stops working.</param>
public sealed record ManualWay(string Kubeconfig, string Patch, DateTimeOffset Expires)
{
    /// <summary>The command line.</summary>
    public string Command =>
        $"kubectl --kubeconfig {ShellWord.Of(Kubeconfig)} patch configmap aws-auth --namespace kube-system --type merge --patch \"$(cat {ShellWord.Of(Patch)})\"";

    /// <summary>Until when it works.</summary>
    public string Until => $"until {Expires.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
