using System.Diagnostics.CodeAnalysis;
using AuthMap.Mappings;

namespace AuthMap.Arns;

/// <summary>An ARN that a new mapping is written with.</summary>
/// <param name="Kind">The list it belongs to: roles or users.</param>
/// <param name="Arn">The ARN in the form that can match a caller.</param>
/// <param name="Notices">How it differs from what was typed.</param>
public sealed record PrincipalArn(MappingKind Kind, string Arn, IReadOnlyList<Notice> Notices)
{
    private const string Example = "an ARN looks like arn:aws:iam::111122223333:role/NAME";

    /// <summary>Checks a typed ARN and turns it into the form that can match: an assumed role into its role, without the role's path.</summary>
    /// <param name="text">The ARN as typed.</param>
    /// <param name="keepPath">Keep a role's path although it can never match.</param>
    /// <exception cref="AuthMapException"><see cref="FailureKind.Usage"/>: not an ARN that can be mapped; says why and what to use.</exception>
    public static PrincipalArn Parse(string text, bool keepPath) =>
        TryParse(text, keepPath, out var principal, out var failure) ? principal : throw new AuthMapException(failure);

    /// <summary>As <see cref="Parse"/>, with the failure as a value.</summary>
    /// <param name="text">The ARN as typed.</param>
    /// <param name="keepPath">Keep a role's path although it can never match.</param>
    /// <param name="principal">The result.</param>
    /// <param name="failure">Why it is not an ARN that can be mapped, and what to use; <see cref="FailureKind.Usage"/>.</param>
    public static bool TryParse(
        string text, bool keepPath, [NotNullWhen(true)] out PrincipalArn? principal, [NotNullWhen(false)] out Failure? failure)
    {
        ArgumentNullException.ThrowIfNull(text);
        principal = null;
        failure = ArnCharacters.Check(text);
        if (failure is not null || !TrySplit(text, out var arn, out failure))
        {
            return false;
        }

        failure = CheckPartition(text, arn) ?? UnmappableArn.Explain(text, arn) ?? CheckAccount(text, arn) ?? CheckName(text, arn);
        if (failure is not null)
        {
            return false;
        }

        principal = CanonicalArn.TryParse(text, out var canonical, out _) && canonical.Type != PrincipalType.User
            ? Role(canonical, keepPath)
            : new(MappingKind.User, text, []);
        return true;
    }

    private static bool TrySplit(string text, [NotNullWhen(true)] out Arn? arn, [NotNullWhen(false)] out Failure? failure)
    {
        failure = null;
        if (Arns.Arn.TryParse(text, out arn, out var reason))
        {
            return true;
        }

        var parts = text.Split(':');
        var hint = parts switch
        {
            [var word, ..] when word != "arn" && word.Equals("arn", StringComparison.OrdinalIgnoreCase) => $"did you mean arn{text[3..]}",
            ["arn", var partition, "iam", var account, var resource] when AccountId.IsValid(account) =>
                $"a colon is missing; did you mean arn:{partition}:iam::{account}:{resource}",
            [_] when AccountId.IsValid(text) => $"to let a whole account in, without groups: --account {text}",
            [_] when IamName.IsValid(text) => $"{Example}; a role's ARN is shown by: aws iam get-role --role-name {text}",
            _ => Example,
        };
        failure = Fail($"{text} {reason}", hint);
        return false;
    }

    private static Failure? CheckPartition(string text, Arn arn)
    {
        if (Partitions.IsKnown(arn.Partition))
        {
            return null;
        }

        var known = $"known partitions: {string.Join(", ", Partitions.All)}";
        var hint = Closest.To(arn.Partition, Partitions.All) is { } meant ? $"did you mean \"{meant}\"; {known}" : known;
        return Fail(
            arn.Partition.Length == 0 ? $"{text} has no partition" : $"{text} has the unknown partition \"{arn.Partition}\"", hint);
    }

    private static Failure? CheckAccount(string text, Arn arn)
    {
        if (arn.Region.Length > 0)
        {
            return Fail(
                $"{text} has the region \"{arn.Region}\"; the ARN of a role or a user has none",
                $"did you mean {arn with { Region = "" }}");
        }

        if (arn.Account.Length == 0)
        {
            return Fail(
                $"{text} has no account id", "a shell variable in the ARN was probably empty; try: echo \"${ACCOUNT_ID:?}\"");
        }

        if (ArnPlaceholder.IsAccountWord(arn.Account))
        {
            return Fail(
                $"{text} has {arn.Account} where the account id should be",
                $"put the account's {AccountId.Length} digits in its place");
        }

        return AccountId.Check(arn.Account) is { } failure ? Fail($"{text}: {failure.Message}", failure.Hint) : null;
    }

    private static Failure? CheckName(string text, Arn arn)
    {
        var slash = arn.Resource.IndexOf('/');
        var (type, rest) = slash < 0 ? (arn.Resource, "") : (arn.Resource[..slash], arn.Resource[(slash + 1)..]);
        if (type != "assumed-role")
        {
            return IamName.Check(type, rest) is { } reason ? Fail($"{text} {reason}", $"the form is {Form(arn, type)}") : null;
        }

        // Without a session name this is how the role is named in some policies and consoles.
        var session = rest.LastIndexOf('/');
        var role = session < 0 ? rest : rest[..session];
        return IamName.Check("role", role) is { } fault ? Fail($"{text} {fault}", $"use the role: {Form(arn, "role")}")
            : session < 0 ? Fail($"{text} is an assumed role without a session name", $"use the role: {Form(arn, "role", role)}")
            : session == rest.Length - 1 ? Fail($"{text} ends in a slash", $"use the role: {Form(arn, "role", role)}")
            : null;
    }

    private static PrincipalArn Role(CanonicalArn canonical, bool keepPath)
    {
        var written = canonical.Text;
        var bare = CanonicalArn.StripPath(written);
        if (keepPath && bare != written)
        {
            return new(
                MappingKind.Role,
                written,
                [Notice.Warning($"{written} has a path, which a caller's ARN never shows: it will never match; {bare} would")]);
        }

        return new(MappingKind.Role, bare, canonical.Type == PrincipalType.AssumedRole
            ? [Notice.Note($"an assumed-role ARN never matches; using its role, {bare}")]
            : bare != written ? [Notice.Note($"a role ARN with a path never matches; using it without, {bare}")] : []);
    }

    private static string Form(Arn arn, string type, string name = "NAME") => $"arn:{arn.Partition}:iam::{arn.Account}:{type}/{name}";

    private static Failure Fail(string message, string? hint) => new(FailureKind.Usage, message, hint);
}
