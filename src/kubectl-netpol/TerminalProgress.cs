using System.Diagnostics;
using NetPolTools.Reading;

namespace NetPolTools.Kubectl;

/// <summary>One line on standard error that says what is going on, once that takes more than a second and where someone is looking.</summary>
internal sealed class TerminalProgress : IProgress<ReadingProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private TimeSpan _lastShown;
    private bool _isShown;

    public void Report(ReadingProgress value) => Show($"Reading {value.Input} ({value.BytesRead / 1_000_000} MB)");

    public void Say(string what) => Show(what);

    public void Clear()
    {
        if (_isShown)
            Console.Error.Write("\r\e[K");
        _isShown = false;
    }

    public void Dispose() => Clear();

    private void Show(string text)
    {
        if (!_isWatched || _running.Elapsed < Patience || _running.Elapsed - _lastShown < Interval)
            return;
        _lastShown = _running.Elapsed;
        Console.Error.Write($"\r\e[K{text} …");
        _isShown = true;
    }
}
