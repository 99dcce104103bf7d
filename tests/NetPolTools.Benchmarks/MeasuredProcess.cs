using System.Diagnostics;
using NetPolTools.Kubectl;

namespace NetPolTools.Benchmarks;

/// <summary>What one run of a program took.</summary>
/// <param name="Seconds">By the clock, from its start to its end.</param>
/// <param name="PeakMegabytes">The most memory it had, looked at every few milliseconds.</param>
/// <param name="Lines">That it printed.</param>
internal readonly record struct MeasuredProcess(double Seconds, double PeakMegabytes, long Lines)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <param name="program">An assembly, which dotnet runs, or a program.</param>
    /// <param name="arguments">Of the program.</param>
    /// <exception cref="InvalidOperationException">It gave no answer.</exception>
    public static MeasuredProcess Run(string program, string[] arguments)
    {
        var isAssembly = Path.GetExtension(program) == ".dll";
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : program, isAssembly ? [program, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var lines = CountLines(process.StandardOutput.BaseStream);
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(Interval))
            peak = Math.Max(peak, PeakOf(process));
        var seconds = watch.Elapsed.TotalSeconds;

        // Of a cluster that shows no network plugin, cni says so, with the same exit code as where there is no answer.
        return process.ExitCode != ExitCode.NotAnswered || lines.Result > 0
            ? new MeasuredProcess(seconds, peak / 1e6, lines.Result)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between two looks.
            return 0;
        }
    }

    private static async Task<long> CountLines(Stream output)
    {
        var buffer = new byte[1 << 16];
        var lines = 0L;
        for (int read; (read = await output.ReadAsync(buffer)) > 0;)
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return lines;
    }
}
