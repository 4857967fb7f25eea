using System.Security.Cryptography;
using System.Text;

namespace AuthMap.Cluster.Eks.Cache;

/// <summary>What a description is kept under: whose answer it is, and to whom it was given.</summary>
/// <param name="Api">The EKS API that gave it.</param>
/// <param name="Region">The region it was asked for.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Identity">Who asked; not a secret.</param>
internal sealed record CacheKey(Uri Api, string Region, string Cluster, string Identity)
{
    /// <summary>The name of its file.</summary>
    public string FileName
    {
        get
        {
            var text = string.Join('\n', Api.AbsoluteUri, Region, Cluster, Identity);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) + ".json";
        }
    }
}
