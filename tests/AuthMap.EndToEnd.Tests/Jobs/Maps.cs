namespace AuthMap.EndToEnd;

/// <summary>Texts of maps that several tests start from or expect.</summary>
internal static class Maps
{
    public const string Account = "111122223333";

    public const string Dev = $"arn:aws:iam::{Account}:role/k8sDev";

    public const string Other = $"arn:aws:iam::{Account}:role/other";

    /// <summary>What every EKS cluster with nodes has.</summary>
    public const string Nodes = $$$"""
        - groups:
          - system:bootstrappers
          - system:nodes
          rolearn: arn:aws:iam::{{{Account}}}:role/eksctl-eksworkshop-nodegroup-NodeInstanceRole-14TKBWBD7KWFH
          username: system:node:{{EC2PrivateDNSName}}

        """;

    /// <summary>An entry of mapRoles as the program writes it.</summary>
    public static string Role(string arn, string username) => $"- rolearn: {arn}\n  username: {username}\n";

    public static string[] CreateDev { get; } = ["--arn", Dev, "--username", "dev-user"];

    public static string DevEntry { get; } = Role(Dev, "dev-user");
}
