using System.CommandLine;
using NetPolTools.Benchmarks;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>The benchmark of the plugin's commands leaves none of them out, and asks questions that the plugin understands.</summary>
public sealed class MeasuredCommandTests
{
    private static RootCommand Root => Cli.Root(new Terminal(static () => Stream.Null, static () => Stream.Null, TextWriter.Null));

    [Fact]
    public void Every_command_is_measured() => Assert.Empty(MeasuredCommand.NotMeasured(Root.Subcommands.Select(static command => command.Name)));

    [Fact]
    public void A_command_without_a_measure_is_named() => Assert.Equal(["forecast"], MeasuredCommand.NotMeasured(["reach", "forecast"]));

    [Fact]
    public void What_the_others_are_compared_with_is_measured_first() => Assert.Same(MeasuredCommand.Test, MeasuredCommand.All[0]);

    [Fact]
    public void Every_measure_gives_an_answer() => Assert.All(MeasuredCommand.All, static measured =>
    {
        using var folder = new ManifestFolder();
        var cluster = folder.Write("cluster.yaml", string.Join("\n---\n", Pod("app-0"), Pod("app-1")));
        var flows = folder.Write("flows.jsonl",
            """{"source":{"namespace":"ns-0","name":"app-0"},"destination":{"namespace":"ns-0","name":"app-1"},"ports":"TCP 8080"}""");
        var run = Netpol.Run(null, measured.On(cluster, cluster, flows));
        Assert.True(run.ExitCode != ExitCode.NotAnswered || run.Output.Length > 0, run.ToString());
    });

    private static string Pod(string name) =>
        $"{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: ns-0}}, spec: {{containers: [{{name: main, image: main}}]}}}}";
}
