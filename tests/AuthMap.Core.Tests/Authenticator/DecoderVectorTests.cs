using AuthMap.Core.Tests.Vectors;
using AuthMap.Documents;
using AuthMap.Mappings;

namespace AuthMap.Core.Tests.Authenticator;

public class DecoderVectorTests
{
    [Theory]
    [InlineData("handwritten.jsonl", 144)]
    [InlineData("generated.jsonl", 600)]
    public void It_reads_every_recorded_map_as_the_authenticator_did(string file, int count)
    {
        var vectors = Vector.Load(file).ToList();
        Assert.Equal(count, vectors.Count);
        var differences = vectors.Select(Difference).OfType<string>().ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differ\n" + string.Join("\n", differences));
    }

    [Theory]
    [InlineData("- rolearn: a\n\tusername: b\n", 2, 1)]
    [InlineData("- rolearn: a\n  groups:\n\t- x\n", 3, 1)]
    [InlineData("- rolearn: a\n  \tusername: b\n", 2, 3)]
    [InlineData("- rolearn: a\n\t# note\n  username: b\n", 2, 1)]
    public void A_tab_in_the_indentation_is_named_where_it_stands(string text, int line, int column)
    {
        var fault = AwsAuthDocument.Parse(new Dictionary<string, string> { ["mapRoles"] = text })[SectionKey.MapRoles].Fatal;
        Assert.Equal((new TextPosition(line, column), "a tab stands where only spaces may"), (fault?.Position, fault?.Message));
    }

    private static string? Difference(Vector vector)
    {
        var document = AwsAuthDocument.Parse(vector.Data);
        var faults = document.Sections.SelectMany(section => section.Faults).ToList();
        IEnumerable<Mapping> read = document.Sections.SelectMany(section => section.Entries).Select(entry => entry.Mapping);
        var problem = !read.SequenceEqual(vector.Mappings) ? "other entries"
            : (faults.Count > 0) != (vector.ParseErrors.Count > 0) ? "errors differ"
            : Count(faults, FaultCost.Key) != vector.ParseErrors.Count(IsFatal) ? "fatal faults differ"
            : Count(faults, FaultCost.Entry) != vector.ParseErrors.Count(IsOfAnEntry) ? "dropped entries differ"
            : null;
        return problem is null
            ? null
            : $"{vector.Id} {vector.Name}: {problem}\n  recorded: {string.Join(" | ", vector.Mappings)}\n  recorded errors: "
                + $"{string.Join(" | ", vector.ParseErrors)}\n  read: {string.Join(" | ", read)}\n  faults: {string.Join(" | ", faults)}";
    }

    private static int Count(List<Fault> faults, FaultCost cost) => faults.Count(fault => fault.Cost == cost);

    private static bool IsOfAnEntry(string error) =>
        error.Contains("supplied", StringComparison.Ordinal)
        || error.Contains("is not a valid AWS", StringComparison.Ordinal)
        || (error.Contains("yaml", StringComparison.Ordinal) && error.Contains("into string", StringComparison.Ordinal));

    // A syntax error, a value that JSON cannot carry, or something that is no list.
    private static bool IsFatal(string error) =>
        (error.Contains("yaml", StringComparison.Ordinal) && !error.Contains("into string", StringComparison.Ordinal))
        || error.Contains("json: unsupported", StringComparison.Ordinal)
        || error.Contains("invalid character", StringComparison.Ordinal)
        || error.Contains("of type []config", StringComparison.Ordinal);
}
