using System.Globalization;
using NetPolTools.Kubectl;

namespace NetPolTools.Benchmarks;

/// <summary>
/// Every command of the plugin as a whole process over a generated cluster, and how many times as long as <c>test</c> it takes. All take turns in one run, so
/// that a busy machine slows them alike; the ratio is that of the shortest runs.
/// </summary>
internal static class CommandsRun
{
    /// <summary>What a quick run grants beyond the goals: small inputs and busy machines are noisy.</summary>
    private const double Allowance = 1.5;

    private const double QuickSize = 0.1;

    private const int FlowCount = 2000;

    /// <param name="arguments">The published plugin; behind it cases (by default the fleet), and <c>--quick</c>, <c>--runs N</c>,
    /// <c>--sizes 0.25,0.5,1</c>.</param>
    /// <returns>0; 1 where a command is not measured, or, with <c>--quick</c>, where one is over its ratio by half.</returns>
    public static int Run(string[] arguments)
    {
        var terminal = new Terminal(static () => Stream.Null, static () => Stream.Null, TextWriter.Null);
        if (MeasuredCommand.NotMeasured(Cli.Root(terminal).Subcommands.Select(static command => command.Name)) is [_, ..] missing)
        {
            Console.Error.WriteLine($"Nobody measures {string.Join(", ", missing)}: add a line to MeasuredCommand.");
            return 1;
        }

        var plugin = Path.GetFullPath(arguments[0]);
        var isQuick = arguments.Contains("--quick");
        var runs = int.Parse(Option(arguments, "--runs") ?? (isQuick ? "5" : "3"), CultureInfo.InvariantCulture);
        double[] sizes = [.. (Option(arguments, "--sizes") ?? (isQuick ? $"{QuickSize:0.0}" : "1")).Split(',')
            .Select(static size => double.Parse(size, CultureInfo.InvariantCulture))];
        string[] cases = [.. arguments.Skip(1).TakeWhile(static argument => !argument.StartsWith("--", StringComparison.Ordinal))];
        var isWithin = true;
        foreach (var shape in cases.Length == 0 ? [ClusterShape.Fleet] : cases.Select(ClusterShape.Named))
            isWithin &= Grow(plugin, shape, sizes, runs, isQuick);
        return isWithin || !isQuick ? 0 : 1;
    }

    private static bool Grow(string plugin, ClusterShape shape, double[] sizes, int runs, bool isQuick)
    {
        var before = new double[MeasuredCommand.All.Count];
        var isWithin = true;
        foreach (var size in sizes)
        {
            var folder = Directory.CreateTempSubdirectory("netpol-benchmark-");
            try
            {
                var file = Write(shape.Scaled(size), isChanged: false, Path.Combine(folder.FullName, "cluster.json"));
                var changed = Write(shape.Scaled(size), isChanged: true, Path.Combine(folder.FullName, "changed.json"));
                var flows = WriteFlows(Path.Combine(folder.FullName, "flows.jsonl"));
                Console.WriteLine($"{shape.Name} at {size}: {new FileInfo(file).Length / 1e6:0.0} MB, the shortest of {runs} runs by turns");
                Console.WriteLine($"{"ratio",6} {"goal",5} {"s",8} {"MB",6} {"growth",6} {"lines",9}  command");
                var measured = Measure(plugin, file, changed, flows, runs);
                for (var i = 0; i < measured.Length; i++)
                    isWithin &= Print(MeasuredCommand.All[i], measured[i], measured[0].Seconds, before[i], size, isQuick);
                before = Array.ConvertAll(measured, static run => run.Seconds);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return isWithin;
    }

    private static MeasuredProcess[] Measure(string plugin, string file, string changed, string flows, int runs)
    {
        var best = new MeasuredProcess[MeasuredCommand.All.Count];
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < best.Length; i++)
            {
                var now = MeasuredProcess.Run(plugin, MeasuredCommand.All[i].On(file, changed, flows));
                best[i] = run == 0 || now.Seconds < best[i].Seconds ? now with { PeakMegabytes = Math.Max(now.PeakMegabytes, best[i].PeakMegabytes) } : best[i];
            }
        }

        return best;
    }

    /// <returns>Whether it is within what a quick run grants.</returns>
    private static bool Print(MeasuredCommand command, MeasuredProcess run, double test, double before, double size, bool isQuick)
    {
        var ratio = run.Seconds / test;
        var limit = isQuick ? command.Goal * Allowance : command.Goal;
        var isOver = ratio > limit || (size >= 1 && run.PeakMegabytes > command.PeakMegabytes);
        var growth = before > 0 ? $"{run.Seconds / before:0.0}" : "";
        Console.WriteLine($"{ratio,6:0.00} {command.Goal,5:0.0} {run.Seconds,8:0.00} {run.PeakMegabytes,6:0} {growth,6} {run.Lines,9}  "
            + $"{command.Arguments}{(isOver ? "  <- over its goal" : "")}");
        return !isOver;
    }

    private static string Write(ClusterShape shape, bool isChanged, string file)
    {
        using var stream = File.Create(file);
        new GeneratedCluster(shape) { IsChanged = isChanged }.WriteJson(stream, isIndented: true);
        return file;
    }

    /// <summary>Traffic within each of the first namespaces.</summary>
    private static string WriteFlows(string file)
    {
        File.WriteAllLines(file, Enumerable.Range(0, FlowCount).Select(static ns =>
            $$"""{"source":{"namespace":"ns-{{ns}}","name":"app-0"},"destination":{"namespace":"ns-{{ns}}","name":"app-1"},"ports":"TCP 8080"}"""));
        return file;
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
