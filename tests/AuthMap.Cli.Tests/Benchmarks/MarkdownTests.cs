using AuthMap.Benchmarks.Reports;

namespace AuthMap.Cli.Tests.Benchmarks;

public sealed class MarkdownTests
{
    [Fact]
    public void A_goal_is_held_against_the_ratio_or_the_value_and_what_has_none_stands_apart()
    {
        var report = new Report(
            new OrderedDictionary<string, string> { ["processor"] = "2 × some" },
            [
                new Line("get", "`get`, wall", Unit.Milliseconds, 20) { Peer = "kubectl", Theirs = 60, Goal = Goal.Times(0.33) },
                new Line("get", "`get`, CPU", Unit.Milliseconds, 18) { Peer = "kubectl", Theirs = 60 },
                new Line("get", "`get`, peak memory", Unit.Bytes, 16 << 20) { Goal = Goal.AtMost(20 << 20) },
                new Line("crowd", "wall", Unit.Milliseconds, 12_345) { Peer = "kubectl", Theirs = 24_690, Goal = Goal.Times(0.5) },
            ],
            [new Table("Growth", ["entries", "`get`"], [["10", "1.0 ms"]])],
            ["eksctl get failed"]);

        Assert.Equal(
            """
            ### Goals

            | what | authmap | beside | ratio | goal |  |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | `get`, wall | 20.0 ms | kubectl 60.0 ms | 0.333 × | ≤ 0.33 × | **missed** |
            | `get`, peak memory | 16.0 MiB |  |  | ≤ 20.0 MiB | ok |
            | wall | 12.3 s | kubectl 24.7 s | 0.500 × | ≤ 0.50 × | ok |

            ### Beside them

            | what | authmap | beside | ratio | goal |  |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | `get`, CPU | 18.0 ms | kubectl 60.0 ms | 0.300 × |  |  |

            ### Growth

            | entries | `get` |
            | --- | ---: |
            | 10 | 1.0 ms |

            ### Measured on

            - processor: 2 × some
            - note: eksctl get failed

            """,
            Markdown.Write(report));
    }
}
