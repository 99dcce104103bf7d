using System.Diagnostics;
using NetPolTools.Kubectl;

namespace NetPolTools.Benchmarks;

/// <summary>Times kubectl-netpol from start to exit, with its output written, beside a start that does nothing.</summary>
internal static class WholeProcess
{
    private const int Runs = 7;

    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("netpol-benchmark-");
        try
        {
            var input = Path.Combine(folder.FullName, "cluster.json");
            File.WriteAllBytes(input, GeneratedCluster.TwoThousandWorkloads().ToJson());
            Console.WriteLine($"{Runs} runs each, median (least - most)");
            Measure("start-up alone (--version)", "--version");
            Measure("2,000 workloads, 800 policies, CSV", "reach", input, "-o", "csv");
            Measure("the same compared with itself", "diff", input, input, "-o", "csv");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string what, params string[] arguments)
    {
        var runs = Enumerable.Range(0, Runs + 1).Select(_ => Once(arguments)).Skip(1).ToArray();
        var times = runs.Select(static run => run.Time.TotalSeconds).Order().ToArray();
        var peaks = runs.Select(static run => run.Peak / 1e6).Order().ToArray();
        Console.WriteLine(
            $"{what,-36} {times[Runs / 2]:0.00} s ({times[0]:0.00} - {times[^1]:0.00})   {peaks[Runs / 2]:0} MB   {runs[0].Lines:N0} lines");
    }

    private static (TimeSpan Time, long Peak, long Lines) Once(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(ExitCode).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        long peak = 0, lines = 0;
        while (process.StandardOutput.ReadLine() is not null)
        {
            if (lines++ % 1000 == 0)
                peak = Math.Max(peak, PeakOf(process));
        }

        process.WaitForExit();
        return (watch.Elapsed, peak, lines);
    }

    /// <summary>The peak only grows, and cannot be asked for once the process is gone, which may be any moment.</summary>
    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
