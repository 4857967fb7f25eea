using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthMap.Documents;
using AuthMap.Planning;
using AuthMap.Rbac;

namespace AuthMap.Cli.Rendering;

/// <summary>An answer to <c>resolve</c> as programs read it; part of the interface.</summary>
/// <param name="Caller">The ARN that was asked for.</param>
/// <param name="CanonicalArn">The ARN that entries are compared with.</param>
/// <param name="Ambiguous">Whether the authenticator picks one of the outcomes at random.</param>
/// <param name="Outcomes">How a request can end.</param>
/// <param name="Entries">The entries that decide, in the order of the outcomes.</param>
/// <param name="Shadowed">Entries of the same ARN that another one hides.</param>
/// <param name="NearMisses">What was probably meant and does nothing.</param>
/// <param name="Unfilled">Templates that stay because what they stand for is not known.</param>
/// <param name="Rbac">What those who enter may do, in the order of the outcomes; null when it was not asked for.</param>
internal sealed record ResolutionShape(
    string Caller,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? CanonicalArn,
    bool Ambiguous,
    IReadOnlyList<OutcomeShape> Outcomes,
    IReadOnlyList<EntryShape> Entries,
    IReadOnlyList<EntryShape> Shadowed,
    IReadOnlyList<NearMissShape> NearMisses,
    IReadOnlyList<string> Unfilled,
    IReadOnlyList<RbacShape>? Rbac)
{
    public static ResolutionShape Of(ResolveAnswer answer) => new(
        answer.Caller.Arn,
        answer.Resolution.Canonical?.Text,
        answer.Resolution.IsAmbiguous,
        [.. answer.Resolution.Outcomes.Select(outcome => new OutcomeShape(outcome.Username, outcome.Groups, outcome.Error))],
        [.. answer.Resolution.Outcomes.Select(outcome => outcome.Entry).OfType<LocatedEntry>().Select(entry => EntryShape.Of(answer, entry))],
        [.. answer.Shadowed.Select(status => EntryShape.Of(answer, status.Located))],
        [.. answer.NearMisses.Select(miss => new NearMissShape(
            miss.Key.Name(), Places.Line(answer.Snapshot, miss.Key, miss.Position), miss.Text, miss.Reason))],
        [.. answer.Resolution.Outcomes.SelectMany(outcome => outcome.Unfilled).Distinct()],
        answer.Bindings is null ? null : [.. answer.Resolution.Outcomes.Select(answer.Entitlement).OfType<Entitlement>().Select(RbacShape.Of)]);
}

/// <summary>One way a request can end.</summary>
internal sealed record OutcomeShape(
    string Username, IReadOnlyList<string> Groups, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Error);

/// <summary>An entry of the map: where it stands and its text.</summary>
internal sealed record EntryShape(string Key, int Line, string Text)
{
    public static EntryShape Of(ResolveAnswer answer, LocatedEntry located)
    {
        var span = located.Entry.Span;
        return new(located.Key.Name(), located.Line, answer.Document[located.Key].Text![span.Start..span.End]);
    }
}

/// <summary>Something that was probably meant and does nothing.</summary>
internal sealed record NearMissShape(string Key, int Line, string? Arn, string Reason);

/// <summary>What somebody who enters may do.</summary>
/// <param name="Bindings">The bindings that hold.</param>
/// <param name="Unbound">Groups that give nothing.</param>
/// <param name="NeedNoBinding">Groups that give rights by themselves.</param>
/// <param name="Hidden">Kinds of bindings that one may not list.</param>
internal sealed record RbacShape(
    IReadOnlyList<BindingShape> Bindings,
    IReadOnlyList<UnboundShape> Unbound,
    IReadOnlyList<string> NeedNoBinding,
    IReadOnlyList<string> Hidden)
{
    public static RbacShape Of(Entitlement entitlement) => new(
        [.. entitlement.Grants.Select(grant => new BindingShape(
            $"{grant.Binding.Key.Kind}",
            grant.Binding.Key.Namespace.Length > 0 ? grant.Binding.Key.Namespace : null,
            grant.Binding.Key.Name,
            new(grant.Binding.Role.Kind, grant.Binding.Role.Name),
            new(grant.By.Kind, grant.By.Name)))],
        [.. entitlement.Unbound.Select(group => new UnboundShape(group.Name, group.Nearest))],
        entitlement.NeedNoBinding,
        [.. entitlement.Hidden.Select(kind => $"{kind}")]);
}

/// <summary>A binding: which, to what, by whom.</summary>
internal sealed record BindingShape(string Kind, string? Namespace, string Name, NamedShape Role, NamedShape Subject);

/// <summary>A kind and a name of it.</summary>
internal sealed record NamedShape(string Kind, string Name);

/// <summary>A group that gives nothing.</summary>
internal sealed record UnboundShape(string Group, string? Nearest);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    IndentSize = 4,
    NewLine = "\n")]
[JsonSerializable(typeof(ResolutionShape))]
[JsonSerializable(typeof(WhoAmIShape))]
internal sealed partial class ResolutionJson : JsonSerializerContext
{
    /// <summary>With everything a person can read left readable.</summary>
    public static ResolutionJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
