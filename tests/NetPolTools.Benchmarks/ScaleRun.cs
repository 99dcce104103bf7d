using System.Diagnostics;
using System.Globalization;

namespace NetPolTools.Benchmarks;

/// <summary>
/// Whole processes over clusters that double in size: a row for each size with the median of some runs, and how much longer it takes than the one before.
/// </summary>
internal static class ScaleRun
{
    private static readonly string[] Columns = ["read", "compile", "answer", "whole", "peak", "classes", "pairs", "question", "first", "listed"];

    /// <param name="arguments">Cases; none for all of them. Behind <c>--runs</c> how many runs of each, behind <c>--sizes</c> the sizes, as parts of
    /// the whole.</param>
    public static int Run(string[] arguments)
    {
        var runs = int.Parse(Option(arguments, "--runs") ?? "3", CultureInfo.InvariantCulture);
        double[] sizes = [.. (Option(arguments, "--sizes") ?? "0.25,0.5,1").Split(',').Select(size => double.Parse(size, CultureInfo.InvariantCulture))];
        string[] names = [.. arguments.TakeWhile(static argument => !argument.StartsWith("--", StringComparison.Ordinal))];
        var folder = Directory.CreateTempSubdirectory("netpol-benchmark-");
        try
        {
            Console.WriteLine($"Medians of {runs} runs; times in seconds, a question in microseconds, the peak in MB, listed in million lines per second.");
            Console.WriteLine($"{"case",-10} {"size",5} {string.Concat(Columns.Select(static column => $"{column,13}"))} {"ratio",7}");
            foreach (var shape in names.Length == 0 ? ClusterShape.All : names.Select(ClusterShape.Named))
                Grow(shape, sizes, runs, Path.Combine(folder.FullName, "cluster.json"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Grow(ClusterShape shape, double[] sizes, int runs, string file)
    {
        var before = double.NaN;
        foreach (var size in sizes)
        {
            using (var stream = File.Create(file))
                new GeneratedCluster(shape.Scaled(size)).WriteJson(stream);
            var figures = Enumerable.Range(0, runs).Select(_ => Once(file)).ToArray();
            var medians = Columns.Select(column => figures.Select(run => run[column]).Order().ElementAt(runs / 2)).ToArray();
            var whole = medians[Array.IndexOf(Columns, "whole")];
            Console.WriteLine($"{shape.Name,-10} {size,5} {string.Concat(medians.Select(static median => $"{median,13:#,0.##}"))} "
                + $"{(double.IsNaN(before) ? "" : $"{whole / before:0.00}"),7}");
            before = whole;
        }
    }

    private static Dictionary<string, double> Once(string file)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(ScaleRun).Assembly.Location, "run", file, "ask", "list"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return lines.Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(static words => words[0], static words => double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
