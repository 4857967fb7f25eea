namespace AuthMap.Confirming;

/// <summary>How a person undoes the change when this program no longer can. The patch asks for no version: it sets the keys that the
/// change wrote to their texts before it, and what others have written to them since is gone.</summary>
/// <param name="Kubeconfig">The file that leads to aws-auth without depending on it.</param>
/// <param name="Patch">The file with the patch that undoes the change.</param>
/// <param name="Expires">When the way stops working.</param>
public sealed record ManualWay(string Kubeconfig, string Patch, DateTimeOffset Expires)
{
    /// <summary>The command line; the patch may be longer than an argument may be, so it is named as a file.</summary>
    public string Command =>
        $"kubectl --kubeconfig {ShellWord.Of(Kubeconfig)} patch configmap aws-auth -n kube-system --type merge --patch-file {ShellWord.Of(Patch)}";

    /// <summary>Until when it works.</summary>
    public string Until => $"until {Expires.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
