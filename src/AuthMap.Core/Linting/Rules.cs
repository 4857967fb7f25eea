namespace AuthMap.Linting;

/// <summary>
/// The catalogue. A rule that is retired keeps its id. What each mistake costs was tried with the real authenticator; what it does to
/// a cluster is known from its users' reports.
/// </summary>
public static class Rules
{
    // The key as a whole.
    internal static readonly Rule UnreadableKey = new("AM001", "unreadable-key", Severity.Error,
        "The key is not valid YAML: the authenticator drops all of it, and everybody mapped there is locked out",
        "repair the text at the place named; nothing in this key works until then");

    internal static readonly Rule KeyNotAList = new("AM002", "key-not-a-list", Severity.Error,
        "The key holds something other than a list: the authenticator drops all of it",
        "write the entries as a list, each with a dash");

    // ARNs.
    internal static readonly Rule RolePath = new("AM003", "role-path", Severity.Error,
        "A caller's ARN never shows the path of its role, so a role ARN with a path never matches",
        "write the ARN of the role without its path", Mending.FixAccess);

    internal static readonly Rule SessionArn = new("AM004", "session-arn", Severity.Error,
        "Entries are compared with the role, so the ARN of a session (assumed-role) never matches",
        "write the ARN of the role", Mending.FixAccess);

    internal static readonly Rule NotAPrincipal = new("AM005", "not-a-principal", Severity.Error,
        "Callers are roles and users; the ARN of anything else (a group, an instance profile, a policy) never matches",
        "map the role or the user that calls");

    internal static readonly Rule MalformedArn = new("AM006", "malformed-arn", Severity.Error,
        "What stands in the ARN's place can equal no caller's ARN",
        "write it as arn:aws:iam::111122223333:role/NAME");

    internal static readonly Rule PlaceholderInArn = new("AM007", "placeholder-in-arn", Severity.Error,
        "The ARN still holds a placeholder of an example or a template, and never matches",
        "put the real value in its place");

    internal static readonly Rule WildcardInArn = new("AM008", "wildcard-in-arn", Severity.Error,
        "Wildcards are compared as they are written, and never match",
        "map each role by itself, or the account in mapAccounts");

    internal static readonly Rule StrangeCharacter = new("AM009", "strange-character-in-arn", Severity.Error,
        "The ARN holds a blank, an invisible or a non-ASCII character, which no caller's ARN does",
        "type the ARN anew");

    internal static readonly Rule UnknownPartition = new("AM010", "unknown-partition", Severity.Error,
        "The authenticator accepts no caller of this partition",
        "use a known one: aws, aws-cn, aws-us-gov, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f, aws-eusc");

    internal static readonly Rule OtherPartition = new("AM011", "other-partition", Severity.Warning,
        "The principal is of another partition than the cluster or most of the map; credentials do not cross partitions",
        "write the partition of the cluster");

    internal static readonly Rule WrongList = new("AM012", "wrong-list", Severity.Warning,
        "A user stands in mapRoles or a role in mapUsers; it works, and other tools do not find it there",
        "move the entry to the other list");

    internal static readonly Rule UnusualPrincipal = new("AM013", "unusual-principal", Severity.Warning,
        "The account's root user or a federated user's session is mapped; neither should be used for work",
        "map a role or a user");

    // Duplicates.
    internal static readonly Rule ShadowedEntry = new("AM014", "shadowed-entry", Severity.Error,
        "Another entry of the same principal wins; this one does nothing, and groups are not merged",
        "remove it, after moving what is still needed to the entry that wins", Mending.Fix);

    internal static readonly Rule AmbiguousUser = new("AM015", "ambiguous-user", Severity.Error,
        "The same user is listed in different case; the authenticator picks one of the entries at random, request by request",
        "keep one of them");

    internal static readonly Rule RepeatedField = new("AM016", "repeated-field", Severity.Warning,
        "A field is written more than once in one entry; only one of them counts",
        "keep the one that is meant");

    internal static readonly Rule RepeatedGroup = new("AM017", "repeated-group", Severity.Warning,
        "A group is listed twice in one entry",
        "list it once");

    // Usernames and templates.
    internal static readonly Rule NoUsername = new("AM018", "no-username", Severity.Warning,
        "The entry has no username: its people are let in as nobody, and aggregated APIs answer 401 (kubectl top)",
        "give it a username");

    internal static readonly Rule UsernameNotText = new("AM019", "username-not-text", Severity.Error,
        "The username is a number, a boolean, a list or a mapping to YAML; the authenticator reads it as empty",
        "quote it", Mending.FixAccess);

    internal static readonly Rule BlankInUsername = new("AM020", "blank-in-username", Severity.Warning,
        "The username begins or ends with a blank or a line break, or holds a control character; nothing is trimmed, so RBAC must say the same",
        "write it on one line without blanks around it");

    internal static readonly Rule BareSessionName = new("AM021", "bare-session-name", Severity.Warning,
        "Whoever may assume the role chooses the session name, and so the whole username, another person's included",
        "put a prefix before the template");

    internal static readonly Rule UnknownTemplate = new("AM022", "unknown-template", Severity.Warning,
        "The authenticator does not know what stands in these braces and leaves it as it is written",
        "use one of EC2PrivateDNSName, AccountID, SessionName, SessionNameRaw, AccessKeyID, in exactly this spelling");

    internal static readonly Rule TemplateWithoutSession = new("AM023", "template-without-session", Severity.Warning,
        "A user has no session: session names become empty, and with the name of an instance a user is turned away",
        "write the name itself");

    internal static readonly Rule UnquotedTemplate = new("AM024", "unquoted-template", Severity.Error,
        "An unquoted value that starts with {{ is not valid YAML here: the authenticator drops the whole key",
        "put the value in quotes");

    // Groups.
    internal static readonly Rule GroupsNotAList = new("AM025", "groups-not-a-list", Severity.Error,
        "groups is no list: the authenticator lets the principal in without any group",
        "write the groups as a list", Mending.FixAccess);

    internal static readonly Rule GroupNotText = new("AM026", "group-not-text", Severity.Error,
        "A group is a number, a boolean, a list or a mapping to YAML; the authenticator reads it as an empty group",
        "quote it; a mapping comes from a blank behind a colon", Mending.FixAccess);

    internal static readonly Rule NoGroups = new("AM027", "no-groups", Severity.Warning,
        "The entry has no groups: its people can do what RBAC gives their username, and else nothing",
        "give it groups, or ignore this where RBAC names the username");

    internal static readonly Rule OddGroup = new("AM028", "odd-group", Severity.Warning,
        "A group is empty or holds blanks; a bullet that is indented too deep joins two groups into one",
        "write each group on its own line, at one indentation");

    internal static readonly Rule Masters = new("AM029", "masters", Severity.Warning,
        "system:masters passes all authorization: RBAC cannot limit it, and attackers use it to stay",
        "use groups of your own with RBAC, or allow the principal with --allow-masters");

    // Nodes.
    internal static readonly Rule NodeWithOtherGroups = new("AM030", "node-with-other-groups", Severity.Warning,
        "The role of nodes has other groups, too: every pod that reaches the instance's credentials has them",
        "give people a role of their own");

    internal static readonly Rule NodeUsername = new("AM031", "node-username", Severity.Warning,
        "The entry has the group system:nodes and not a username that starts with system:node:, so its nodes are not authorized",
        "use the username system:node:{{EC2PrivateDNSName}}, or system:node:{{SessionName}} for Fargate and hybrid nodes");

    internal static readonly Rule NodeGroups = new("AM032", "node-groups", Severity.Warning,
        "The username is that of nodes, and the groups system:bootstrappers and system:nodes are not both there; nodes cannot join without",
        "add the groups");

    internal static readonly Rule FargateTemplate = new("AM033", "fargate-template", Severity.Error,
        "Sessions of Fargate are not named by an instance, so with {{EC2PrivateDNSName}} its pods are turned away",
        "use the username system:node:{{SessionName}}");

    // Fields.
    internal static readonly Rule MisspeltField = new("AM034", "misspelt-field", Severity.Error,
        "The authenticator ignores the field: it is the misspelt name of another one",
        "write the field's right name", Mending.FixAccess);

    internal static readonly Rule UnknownField = new("AM035", "unknown-field", Severity.Warning,
        "The authenticator ignores the field",
        "remove it, or make it a comment");

    internal static readonly Rule MixedCaseField = new("AM036", "mixed-case-field", Severity.Warning,
        "Clusters with older authenticators (v0.5.8 to v0.5.27) know the fields in lower case only",
        "write the field in lower case", Mending.Fix);

    internal static readonly Rule WrongType = new("AM037", "wrong-type", Severity.Error,
        "The value is not of the type that the field needs; the authenticator reads the field as empty",
        "quote it, or write it as the right type");

    internal static readonly Rule DroppedEntry = new("AM038", "dropped-entry", Severity.Error,
        "The authenticator drops the entry",
        "give it exactly one rolearn or userarn");

    internal static readonly Rule SsoEntry = new("AM039", "sso-entry", Severity.Error,
        "sso entries need a feature of the authenticator (SSORoleMatch) that EKS does not turn on; the entry matches nobody",
        "map the role AWSReservedSSO_… by its ARN, without the path");

    internal static readonly Rule SsoPartition = new("AM040", "sso-partition", Severity.Error,
        "An sso entry with a partition matches nobody even where the feature is on: the authenticator loses the partition",
        "map the role by its ARN");

    // Data keys and documents.
    internal static readonly Rule MisspeltDataKey = new("AM041", "misspelt-data-key", Severity.Error,
        "The authenticator ignores the key: names of keys are compared with case",
        "write mapRoles, mapUsers or mapAccounts");

    internal static readonly Rule UnknownDataKey = new("AM042", "unknown-data-key", Severity.Warning,
        "The authenticator ignores the key",
        "remove it; aws-auth holds mapRoles, mapUsers and mapAccounts");

    internal static readonly Rule LaterDocument = new("AM043", "later-document", Severity.Warning,
        "Only the first YAML document of a key is read; what follows is ignored, even when it is broken",
        "move the entries into the first document");

    // Accounts.
    internal static readonly Rule NotAnAccount = new("AM044", "not-an-account", Severity.Error,
        "An account id has 12 digits; anything else matches nobody",
        "write the 12 digits, in quotes");

    internal static readonly Rule AccountNotText = new("AM045", "account-not-text", Severity.Error,
        "The item is a list or a mapping; the authenticator drops it",
        "write the 12 digits alone, in quotes");

    internal static readonly Rule UnquotedAccount = new("AM046", "unquoted-account", Severity.Warning,
        "Other tools read an unquoted account id as a number, lose its leading zeros and write that back",
        "quote it", Mending.Fix);

    internal static readonly Rule DuplicateAccount = new("AM047", "duplicate-account", Severity.Warning,
        "The account is listed twice",
        "list it once", Mending.Fix);

    internal static readonly Rule WholeAccount = new("AM048", "whole-account", Severity.Warning,
        "Everybody of the account is let in, under the ARN as username and without groups; it gives no rights and no short names",
        "map the roles and users that need it");

    // The map as a whole.
    internal static readonly Rule NoNodeRole = new("AM049", "no-node-role", Severity.Warning,
        "No entry lets nodes join: without access entries, nodes are NotReady",
        "map the nodes' role to system:node:{{EC2PrivateDNSName}} with system:bootstrappers and system:nodes");

    internal static readonly Rule SharedUsername = new("AM050", "shared-username", Severity.Warning,
        "Several principals share a username, so the audit log cannot tell them apart",
        "give each its own");

    internal static readonly Rule NearSizeLimit = new("AM051", "near-size-limit", Severity.Warning,
        "The API server takes no ConfigMap over 1 MiB",
        "map roles instead of single users, or move to access entries");

    // Suppressions.
    internal static readonly Rule UnknownSuppression = new("AM052", "unknown-suppression", Severity.Warning,
        "A comment authmap:ignore names no rule that there is",
        "name the rules by id: # authmap:ignore AM003 reason");

    internal static readonly Rule UnusedSuppression = new("AM053", "unused-suppression", Severity.Warning,
        "A comment authmap:ignore silences a rule that finds nothing there",
        "remove it");

    /// <summary>All rules by what they look at, in the order of their ids.</summary>
    public static IReadOnlyList<RuleGroup> Groups { get; } =
    [
        new("The key as a whole", [UnreadableKey, KeyNotAList]),
        new("ARNs",
        [
            RolePath, SessionArn, NotAPrincipal, MalformedArn, PlaceholderInArn, WildcardInArn,
            StrangeCharacter, UnknownPartition, OtherPartition, WrongList, UnusualPrincipal,
        ]),
        new("Duplicates", [ShadowedEntry, AmbiguousUser, RepeatedField, RepeatedGroup]),
        new("Usernames and templates",
        [
            NoUsername, UsernameNotText, BlankInUsername, BareSessionName,
            UnknownTemplate, TemplateWithoutSession, UnquotedTemplate,
        ]),
        new("Groups", [GroupsNotAList, GroupNotText, NoGroups, OddGroup, Masters]),
        new("Nodes", [NodeWithOtherGroups, NodeUsername, NodeGroups, FargateTemplate]),
        new("Fields", [MisspeltField, UnknownField, MixedCaseField, WrongType, DroppedEntry, SsoEntry, SsoPartition]),
        new("Data keys and documents", [MisspeltDataKey, UnknownDataKey, LaterDocument]),
        new("Accounts", [NotAnAccount, AccountNotText, UnquotedAccount, DuplicateAccount, WholeAccount]),
        new("The map as a whole", [NoNodeRole, SharedUsername, NearSizeLimit]),
        new("Suppressions", [UnknownSuppression, UnusedSuppression]),
    ];

    /// <summary>All rules, in the order of their ids.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. Groups.SelectMany(group => group.Rules)];

    /// <summary>The rule with an id; null when there is none. Case does not matter.</summary>
    /// <param name="id">The id.</param>
    public static Rule? Find(string id) => All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Rules that look at the same thing.</summary>
/// <param name="Title">What they look at.</param>
/// <param name="Rules">The rules.</param>
public sealed record RuleGroup(string Title, IReadOnlyList<Rule> Rules);
