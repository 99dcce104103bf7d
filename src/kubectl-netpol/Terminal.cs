using System.Text;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Live;
using NetPolTools.Reading;

namespace NetPolTools.Kubectl;

/// <summary>
/// What a run of the tool reads and writes: standard input, standard output for the answer, standard error for everything else, and one line there that
/// shows progress. Commands use nothing else of the console, so a test can run them within its own process.
/// </summary>
/// <param name="openInput">Opens standard input; called only where a path is <c>-</c>.</param>
/// <param name="openOutput">Opens standard output; called for each answer, and the stream is closed behind it.</param>
/// <param name="errors">Standard error.</param>
/// <param name="time">The clock for progress and for the times that a watch prints; null for the system's.</param>
public sealed class Terminal(Func<Stream> openInput, Func<Stream> openOutput, TextWriter errors, TimeProvider? time = null) : IProgress<ReadingProgress>
{
    private const int BlockSize = 64 * 1024;

    /// <summary>What a command takes before it shows progress at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = (time ?? TimeProvider.System).GetTimestamp();
    private TimeSpan _lastShown;
    private bool _isShown;

    /// <summary>Whether someone sees standard error while the command runs; only then is progress shown.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Whether someone sees standard output, and wants colours in it; see https://no-color.org.</summary>
    public bool IsColoured { get; init; }

    /// <summary>The kubectl that clusters are read with; null for the one on the PATH.</summary>
    public KubectlProgram? Kubectl { get; init; }

    /// <summary>Whether to tell what was read, from where and in how long.</summary>
    internal bool IsVerbose { get; set; }

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    internal TextWriter Errors => errors;

    /// <summary>That of this process.</summary>
    public static Terminal OfProcess() => new(Console.OpenStandardInput, StandardOutput.Open, Console.Error)
    {
        IsWatched = !Console.IsErrorRedirected,
        IsColoured = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    internal Stream OpenInput() => openInput();

    /// <summary>Standard output for data: UTF-8 without a byte order mark, in large blocks. The caller disposes it when the answer is complete.</summary>
    internal TextWriter OpenOutput()
    {
        Clear();
        return new StreamWriter(openOutput(), new UTF8Encoding(false), BlockSize);
    }

    internal void Tell(IEnumerable<Diagnostic> diagnostics)
    {
        Clear();
        foreach (var diagnostic in diagnostics)
            errors.WriteLine(diagnostic);
    }

    internal void Tell(Diagnostic diagnostic) => Tell([diagnostic]);

    internal void Tell(string line)
    {
        Clear();
        errors.WriteLine(line);
    }

    /// <summary>The settings of the network plugin that an answer goes by, for those who want to see them.</summary>
    internal void TellSettings(ClusterEvaluator cluster, Assumptions assumptions)
    {
        foreach (var setting in IsVerbose ? cluster.Settings(assumptions) : [])
            Tell(setting);
    }

    public void Report(ReadingProgress value) => Say($"Reading {value.Input} ({value.BytesRead / 1_000_000} MB)");

    /// <summary>Shows what is going on, once that takes more than a second.</summary>
    internal void Say(string what)
    {
        if (!IsWatched || Time.GetElapsedTime(_started) is var elapsed && (elapsed < Patience || elapsed - _lastShown < Interval))
            return;
        _lastShown = elapsed;
        errors.Write($"\r\e[K{what} …");
        _isShown = true;
    }

    /// <summary>Removes the line that shows progress.</summary>
    internal void Clear()
    {
        if (_isShown)
            errors.Write("\r\e[K");
        _isShown = false;
    }
}
