using AuthMap.Benchmarks.Reports;

namespace AuthMap.Benchmarks.Rows;

/// <summary>The program's file, which has everything in it.</summary>
internal sealed class SizeRow : IRow
{
    public string Name => "size";

    public Task MeasureAsync(Bench bench)
    {
        var line = new Line(Name, "size of the program", Unit.Bytes, Length(bench.Product.Path)) { Goal = Goals.Size };
        foreach (var peer in bench.Peers)
        {
            bench.Add(line with { Peer = peer.Name, Theirs = Length(peer.Path) });
        }

        if (bench.Peers.Count == 0)
        {
            bench.Add(line);
        }

        return Task.CompletedTask;
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length;
    }
}
