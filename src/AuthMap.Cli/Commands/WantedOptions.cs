using System.CommandLine;
using AuthMap.Cli.Parsing;
using AuthMap.Cluster.Manifests;
using AuthMap.Documents;
using AuthMap.Editing;
using AuthMap.Lists;
using AuthMap.Planning;

namespace AuthMap.Cli.Commands;

/// <summary>What a file of wanted mappings is to be used for.</summary>
/// <param name="File">The file or directory; <c>-</c> is standard input.</param>
/// <param name="Prune">Remove what it does not list.</param>
/// <param name="Keep">Mappings to keep all the same.</param>
/// <param name="Replace">Put its texts in the place of those that are there.</param>
internal sealed record WantedSettings(string File, bool Prune, IReadOnlyList<Selector> Keep, bool Replace)
{
    /// <summary>Reads the file, and says how the wishes differ from what it says.</summary>
    public async Task<Wanted> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var lists = await ListFiles.ReadAsync(File, session.Terminal.In, keepPath: false, cancellationToken);
        session.Talk.Notices(lists.SelectMany(list => list.Notices));
        return new Wanted(this, lists);
    }
}

/// <summary>The mappings that a file lists, and what to make of them.</summary>
internal sealed record Wanted(WantedSettings Settings, IReadOnlyList<MappingList> Lists)
{
    /// <summary>What speaks against applying it without force; null when nothing does.</summary>
    public string? Objection => Settings.Prune && Lists.All(list => list.Wishes.Count == 0)
        ? $"{Settings.File} lists no mappings, and --prune would remove all others"
        : null;

    public IReadOnlyList<Edit> Edits =>
    [
        .. Lists.SelectMany(list => list.Wishes),
        .. Settings.Prune
            ? [new PruneOthers([.. Lists.SelectMany(list => list.Managed).Distinct()], Settings.Keep)]
            : (Edit[])[],
    ];

    /// <summary>The wish that the texts of a manifest stand in the place of those that are there now.</summary>
    public async Task<Edit> ReplacementAsync(IAwsAuthStore store, TimeProvider clock, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var texts = Lists is [{ Texts: { } only }] ? only : throw new AuthMapException(
            FailureKind.Usage, $"--replace takes one manifest with aws-auth, and {Settings.File} is none");
        var now = MapTexts.Of((await new AwsAuthEditor(store, clock).ReadAsync(timeout, cancellationToken)).Data);
        return new ReplaceTexts(now.With(texts), now);
    }
}

/// <summary>The options behind <see cref="WantedSettings"/>.</summary>
internal sealed class WantedOptions
{
    private readonly Option<string> _file = new("--filename", "-f", "--config-file")
    {
        HelpName = "FILE",
        Description = "The wanted mappings: a list, an eksctl ClusterConfig or a manifest with aws-auth, a directory of those, or - for standard input",
    };

    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Remove the mappings that the file does not list, except for those of nodes and Fargate pods",
    };

    private readonly Option<string[]> _keep = new("--keep")
    {
        HelpName = "SELECTOR",
        Description = "With --prune: keep these, too: an ARN, or arn=, username=, group= or account= with a value; repeatable",
    };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Put the texts of a manifest in the place of those that are there, comments and all, even if those cannot be read",
    };

    public WantedOptions() => Group = new("Wanted mappings", [_file, _prune, _keep, _replace]);

    public OptionGroup Group { get; }

    /// <summary>Whether a file is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_file) is not null;

    /// <summary>What to do with a word without an option; null when it is no file's name, as far as one can see.</summary>
    public string? Meant(string word, ParseResult parsed) =>
        !IsGiven(parsed) ? StrayWords.DidYouMean("-f", word)
        : StrayWords.IsFile(word) ? "-f takes one file, or a directory with several"
        : null;

    /// <summary>Null when no file is named.</summary>
    public WantedSettings? Read(ParseResult parsed)
    {
        var (file, prune, replace) = (parsed.GetValue(_file), parsed.GetValue(_prune), parsed.GetValue(_replace));
        IReadOnlyList<Selector> keep = [.. (parsed.GetValue(_keep) ?? []).Select(Selector)];
        Usage.Forbid(keep.Count > 0 && !prune, "--keep works with --prune only");
        Usage.Forbid(replace && prune, "--replace and --prune contradict each other", "--replace leaves nothing to prune");
        return file is null ? null : new(file, prune, keep, replace);
    }

    private static Selector Selector(string text)
    {
        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return new(text, null, null, null);
        }

        return text.Split('=', 2) is [var name, { Length: > 0 } value]
            ? name switch
            {
                "arn" => new(value, null, null, null),
                "account" => new(null, value, null, null),
                "username" => new(null, null, value, null),
                "group" => new(null, null, null, value),
                _ => throw Unknown(text),
            }
            : throw Unknown(text);
    }

    private static AuthMapException Unknown(string text) =>
        Usage.Error($"--keep cannot be \"{text}\"", "use an ARN, or arn=, username=, group= or account= with a value");
}
