using System.Text;

namespace AuthMap.EndToEnd;

/// <summary>What a process writes, while it writes it.</summary>
internal sealed class CollectedText
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private TaskCompletionSource grown = NewSignal();

    public CollectedText(TextReader reader) => Whole = ReadAsync(reader);

    /// <summary>Everything, when the writer has closed its end.</summary>
    public Task<string> Whole { get; }

    /// <summary>Returns as soon as the text holds this part; fails when it ends without it.</summary>
    public async Task WaitForAsync(string part, CancellationToken cancellation)
    {
        while (true)
        {
            var isWhole = Whole.IsCompleted;
            Task more;
            lock (gate)
            {
                if (text.ToString().Contains(part, StringComparison.Ordinal))
                {
                    return;
                }

                more = grown.Task;
            }

            Assert.False(isWhole, $"ended without \"{part}\":\n{text}");
            await Task.WhenAny(more, Whole).WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<string> ReadAsync(TextReader reader)
    {
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (gate)
            {
                text.Append(buffer, 0, count);
                grown.SetResult();
                grown = NewSignal();
            }
        }

        return text.ToString();
    }
}
