using AuthMap.Manifests;

namespace AuthMap.Core.Tests.Manifests;

/// <summary>Short ways to say what a manifest is and what becomes of it.</summary>
internal static class Manifest
{
    public const string Head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\n";

    public const string One = "- rolearn: arn:aws:iam::111122223333:role/one\n  username: one\n";

    public const string Two = "- rolearn: arn:aws:iam::111122223333:role/two\n  username: two\n";

    public static ManifestDocument Parse(string text) => ManifestDocument.Parse(text, "aws-auth.yaml");

    public static ManifestEdit With(string text, string key, string value) =>
        Parse(text).With(new Dictionary<string, string> { [key] = value });

    /// <summary>Gives a key a text and says what the file is then; also proves that the text can be read back.</summary>
    public static string Edited(string text, string key, string value)
    {
        var edit = With(text, key, value);
        Assert.Equal(value, Parse(edit.Document.Text).Data[key]);
        return edit.Document.Text;
    }

    public static Failure Fails(Action action) => Assert.Throws<AuthMapException>(action).Failure;
}
