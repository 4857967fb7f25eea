using AuthMap.Editing;

namespace AuthMap.Cli.Commands;

/// <summary>From a source to the store behind it.</summary>
internal static class SourceConnector
{
    public static IAwsAuthStore Connect(Source source, Session session, bool initialize) => throw new NotSupportedException();
}
