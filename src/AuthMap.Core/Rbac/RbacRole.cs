namespace AuthMap.Rbac;

/// <summary>A rule of a Role: each verb on each resource of each API group.</summary>
/// <param name="ApiGroups">API groups; the empty text is the core group.</param>
/// <param name="Resources">Resources, a subresource behind a slash.</param>
/// <param name="Verbs">Verbs.</param>
public sealed record PolicyRule(IReadOnlyList<string> ApiGroups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs)
{
    /// <summary>The objects it is limited to; empty for no limit.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];
}

/// <summary>One thing that a rule allows.</summary>
/// <param name="ApiGroup">The API group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="ResourceName">The object it is limited to; null for no limit.</param>
/// <param name="Verb">The verb.</param>
public sealed record Right(string ApiGroup, string Resource, string? ResourceName, string Verb)
{
    /// <summary>The right as messages name it, for example <c>list pods</c> or <c>get jobs.batch</c>.</summary>
    public override string ToString() =>
        $"{Verb} {Resource}{(ApiGroup.Length == 0 ? "" : $".{ApiGroup}")}{(ResourceName is null ? "" : $"/{ResourceName}")}";
}

/// <summary>A Role.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Rules">Its rules.</param>
public sealed record RbacRole(ObjectKey Key, IReadOnlyList<PolicyRule> Rules) : RbacObject(Key)
{
    /// <summary>Whether both allow the same, however their rules are cut.</summary>
    /// <param name="other">The other Role.</param>
    public bool AllowsSameAs(RbacRole other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return !Beyond(other).Any() && !other.Beyond(this).Any();
    }

    /// <summary>What this Role allows and the other one does not; found as it is asked for.</summary>
    /// <param name="other">The other Role.</param>
    public IEnumerable<Right> Beyond(RbacRole other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rules.SelectMany(Rights).Where(right => !other.Rules.Any(rule => Allows(rule, right)));
    }

    // Each list without repetitions: else a long rule that says the same again and again would take forever.
    private static IEnumerable<Right> Rights(PolicyRule rule) =>
        from apiGroup in rule.ApiGroups.Distinct(StringComparer.Ordinal)
        from resource in rule.Resources.Distinct(StringComparer.Ordinal)
        from name in rule.ResourceNames.Count == 0 ? [null] : rule.ResourceNames.Distinct<string?>(StringComparer.Ordinal)
        from verb in rule.Verbs.Distinct(StringComparer.Ordinal)
        select new Right(apiGroup, resource, name, verb);

    private static bool Allows(PolicyRule rule, Right right) =>
        rule.ApiGroups.Contains(right.ApiGroup, StringComparer.Ordinal)
        && rule.Resources.Contains(right.Resource, StringComparer.Ordinal)
        && rule.Verbs.Contains(right.Verb, StringComparer.Ordinal)
        && (rule.ResourceNames.Count == 0
            ? right.ResourceName is null
            : rule.ResourceNames.Contains(right.ResourceName, StringComparer.Ordinal));
}
