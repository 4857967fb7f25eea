using AuthMap.Authenticator;
using AuthMap.Documents;
using AuthMap.Planning;

namespace AuthMap.Merging;

/// <summary>Settles in our favour what both sides changed, so that what else they changed around it can be merged as usual.</summary>
internal static class Settlement
{
    /// <param name="key">The key whose text the chunks are.</param>
    /// <param name="isShared">Whether both sides changed what has this identity.</param>
    /// <param name="old">The chunks that both started from.</param>
    /// <param name="mine">Ours.</param>
    /// <param name="other">Theirs.</param>
    /// <returns>The old chunks and theirs, as if both had these entries as we have them; or not at all, where only one of both
    /// has them: then ours are new.</returns>
    public static (IReadOnlyList<string> Old, IReadOnlyList<string> Other) Settle(
        SectionKey key, Func<string, bool> isShared, IReadOnlyList<string> old, IReadOnlyList<string> mine, IReadOnlyList<string> other)
    {
        var ours = mine.ToLookup(IdentityOf, StringComparer.Ordinal);
        var common = old.Select(IdentityOf).Intersect(other.Select(IdentityOf), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return (With(old), With(other));

        List<string> With(IReadOnlyList<string> chunks)
        {
            List<string> settled = [];
            HashSet<string> done = new(StringComparer.Ordinal);
            foreach (var chunk in chunks)
            {
                var identity = IdentityOf(chunk);
                if (identity.Length == 0 || !isShared(identity))
                {
                    settled.Add(chunk);
                }
                else if (common.Contains(identity) && done.Add(identity))
                {
                    settled.AddRange(ours[identity]);
                }
            }

            return settled;
        }

        // Empty for what is no entry.
        string IdentityOf(string chunk) => Decoder.Decode(key, chunk).Entries is [var entry] ? MappingIdentity.Of(entry.Mapping) : "";
    }
}
