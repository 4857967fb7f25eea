using AuthMap.Documents;
using AuthMap.Linting;
using AuthMap.Mappings;

namespace AuthMap.Planning;

/// <summary>A wish: what the map should say afterwards.</summary>
public abstract record Edit
{
    private protected Edit()
    {
    }
}

/// <summary>What happens when the map already has an entry for the ARN with other values.</summary>
public enum DuplicatePolicy
{
    /// <summary>The entry in effect is changed in place.</summary>
    Update,

    /// <summary>An error, as <c>eksctl --no-duplicate-arns</c> gives.</summary>
    Refuse,

    /// <summary>A further entry is appended, as eksctl does by default.</summary>
    Append,
}

/// <summary>A mapping of a role or a user should be in effect.</summary>
/// <param name="Kind">Role or user.</param>
/// <param name="Arn">The ARN to look for and, when it is new, to write.</param>
/// <param name="Username">The username; null keeps the existing one.</param>
/// <param name="Groups">The groups.</param>
/// <param name="MergeGroups">Whether <paramref name="Groups"/> are added to those that are there; else they replace them.</param>
/// <param name="RemoveGroups">Groups to take away.</param>
/// <param name="OnDuplicate">What to do about an existing entry with other values.</param>
public sealed record UpsertPrincipal(
    MappingKind Kind,
    string Arn,
    string? Username,
    GroupList Groups,
    bool MergeGroups,
    GroupList RemoveGroups,
    DuplicatePolicy OnDuplicate) : Edit;

/// <summary>An account should be mapped.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
public sealed record UpsertAccount(string AccountId) : Edit;

/// <summary>The three texts should be exactly these. It stands alone in a plan.</summary>
/// <param name="Texts">The texts by key; a key that is absent is to be absent.</param>
/// <param name="Base">The texts that this was decided on.</param>
/// <param name="Merge">Whether the difference between the two is made to what is there now, when that is something else meanwhile and
/// the changes do not touch the same entries; else, and without this, it is a conflict.</param>
public sealed record ReplaceTexts(MapTexts Texts, MapTexts Base, bool Merge = false) : Edit;

/// <summary>Every entry should be gone that no other wish of the plan is about, except for those of nodes and Fargate pods.</summary>
/// <param name="Keys">The keys that are managed; the others are let alone.</param>
/// <param name="Keep">Entries to keep all the same.</param>
public sealed record PruneOthers(IReadOnlyList<SectionKey> Keys, IReadOnlyList<Selector> Keep) : Edit;

/// <summary>Entries should be gone.</summary>
/// <param name="Selector">Which.</param>
/// <param name="All">Whether several matches, or none, are as good as one.</param>
/// <param name="IgnoreNotFound">Whether no match is as good as one.</param>
public sealed record RemoveMappings(Selector Selector, bool All, bool IgnoreNotFound) : Edit;

/// <summary>A wish about an AWS service in a namespace: its mapping, and the Role and RoleBinding that let it work there.</summary>
/// <param name="Service">The service's name (<see cref="Services.ServiceCatalog"/>).</param>
/// <param name="Namespace">The namespace.</param>
public abstract record ServiceEdit(string Service, string Namespace) : Edit;

/// <summary>A service should be able to work in a namespace.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Namespace">The namespace.</param>
public sealed record UpsertService(string Service, string Namespace) : ServiceEdit(Service, Namespace);

/// <summary>A service should no longer be able to work in a namespace. Its mapping goes with the last namespace.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="IgnoreNotFound">Whether it is as good when nothing of it is there.</param>
public sealed record RemoveService(string Service, string Namespace, bool IgnoreNotFound) : ServiceEdit(Service, Namespace);

/// <summary>What lint finds should be mended where authmap can. It stands alone in a plan.</summary>
/// <param name="LettingIn">Whether also where that changes what somebody becomes; else it is proven that nobody becomes anybody
/// else.</param>
/// <param name="Settings">What is known about the cluster.</param>
public sealed record MendMap(bool LettingIn, LintSettings Settings) : Edit;
