using AuthMap.Arns;
using AuthMap.Manifests;
using AuthMap.Planning;
using AuthMap.Services;

namespace AuthMap.Lists;

/// <summary>Turns the items of a list into wishes, with eksctl's rules of what goes together.</summary>
/// <param name="source">The file.</param>
/// <param name="keepPath">Write role paths although they can never match.</param>
/// <param name="isListing">Whether fields may be named as a listing names them, <c>rolearn</c> and <c>userarn</c>.</param>
internal sealed class WishList(SourceText source, bool keepPath, bool isListing = false)
{
    private static readonly string[] _arns = ["arn", "rolearn", "userarn"];

    private readonly Dictionary<string, (Edit Wish, int Start)> _seen = new(StringComparer.Ordinal);
    private readonly List<Edit> _edits = [];
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Edit> Edits => _edits;

    public IReadOnlyList<Notice> Notices => _notices;

    /// <summary>Adds an item of the list.</summary>
    /// <exception cref="AuthMapException">It makes no sense, or contradicts one before it.</exception>
    public void Add(YamlNode item)
    {
        if (item.Resolved is not YamlMapping mapping)
        {
            throw source.Refuse(item.Start, "an identity mapping without fields", "it has an arn, an account or a serviceName");
        }

        var fields = new Fields(source, mapping, "an identity mapping");
        fields.AllowOnly(
            [.. _arns.Take(isListing ? _arns.Length : 1), "username", "groups", "account", "serviceName", "namespace", "noDuplicateARNs"]);
        var (key, wish) = At(mapping, () => Read(fields));
        if (_seen.TryAdd(key, (wish, mapping.Start)))
        {
            _edits.Add(wish);
        }
        else if (!SameAs(_seen[key].Wish, wish))
        {
            var line = source.PositionOf(_seen[key].Start).Line;
            throw source.Refuse(mapping.Start, $"{key} is already mapped in line {line}, in another way", "one of them has to go");
        }
    }

    private (string Key, Edit Wish) Read(Fields fields)
    {
        if (fields.Text("account") is { } account)
        {
            return fields.Names.Any(name => !name.Value.Equals("account", StringComparison.OrdinalIgnoreCase))
                ? throw Usage("account cannot be configured with any other options", "everybody of an account enters under their own ARN and without groups")
                : (account, new UpsertAccount(AccountId.Parse(account)));
        }

        if (fields.Text("serviceName") is { } service)
        {
            return ReadService(service, fields);
        }

        if (fields.Text("namespace") is not null)
        {
            throw Usage("serviceName is required when using namespace", "name the service with serviceName");
        }

        string[] arns = [.. _arns.Take(isListing ? _arns.Length : 1).Select(fields.Text).OfType<string>()];
        if (arns.Length > 1)
        {
            throw Usage("a mapping of two ARNs", "make two mappings of it");
        }

        if (arns is not [var arn])
        {
            throw Usage("expected a valid arn but got empty string", "a mapping has an arn, an account or a serviceName");
        }

        var (username, groups) = (fields.Text("username"), fields.Texts("groups"));
        if (username is null && groups.Count == 0)
        {
            throw Usage("neither username nor group are set for iam identity", "say who it becomes: username, groups or both");
        }

        var principal = PrincipalArn.Parse(arn, keepPath);
        _notices.AddRange(principal.Notices);
        var wish = new UpsertPrincipal(
            principal.Kind,
            principal.Arn,
            username,
            groups,
            MergeGroups: false,
            RemoveGroups: [],
            fields.Flag("noDuplicateARNs") ? DuplicatePolicy.Refuse : DuplicatePolicy.Update);
        WishRules.Check(wish);
        return (Arn.LookupKey(principal.Arn), wish);
    }

    private static (string Key, Edit Wish) ReadService(string service, Fields fields)
    {
        ServiceCatalog.Find(service);
        if (fields.Text("namespace") is not { } space)
        {
            throw Usage("namespace is required when using serviceName", "name the namespace with namespace");
        }

        return _arns.Append("username").Select(fields.Text).Any(text => text is not null) || fields.Texts("groups").Count > 0
            ? throw Usage("cannot use arn, username, and groups with serviceName", "a service's mapping follows from its name")
            : ($"{service} in {space}", new UpsertService(service, space));
    }

    /// <summary>Whether two wishes want the same.</summary>
    public static bool SameAs(Edit one, Edit other) => one == other
        || (one is UpsertPrincipal first && other is UpsertPrincipal second
            && first.Groups.GrantsSameAs(second.Groups)
            && first with { Arn = second.Arn, Groups = second.Groups } == second);

    // What is wrong with a wish is known below; where it stands, here.
    private T At<T>(YamlMapping mapping, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AuthMapException exception) when (exception.Failure is { Kind: FailureKind.Usage } failure)
        {
            throw source.Refuse(mapping.Start, failure.Message, failure.Hint);
        }
    }

    private static AuthMapException Usage(string message, string hint) => new(FailureKind.Usage, message, hint);
}
