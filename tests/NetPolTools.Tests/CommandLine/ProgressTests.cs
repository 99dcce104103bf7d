using NetPolTools.Kubectl;
using NetPolTools.Reading;

namespace NetPolTools.Tests.CommandLine;

/// <summary>The line that shows progress on standard error.</summary>
public sealed class ProgressTests
{
    private const string Clear = "\r\e[K";

    private readonly Clock _clock = new();

    [Fact]
    public void It_appears_after_a_second_and_changes_five_times_a_second_at_most()
    {
        using var errors = new StringWriter();
        var terminal = Watched(errors);
        terminal.Report(new ReadingProgress("a.yaml", 1_000_000));
        Assert.Equal("", errors.ToString());
        _clock.Advance(TimeSpan.FromSeconds(1));
        terminal.Report(new ReadingProgress("a.yaml", 2_000_000));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        terminal.Report(new ReadingProgress("a.yaml", 3_000_000));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        terminal.Report(new ReadingProgress("a.yaml", 4_000_000));
        Assert.Equal($"{Clear}Reading a.yaml (2 MB) …{Clear}Reading a.yaml (4 MB) …", errors.ToString());
    }

    [Fact]
    public async Task It_is_gone_before_anything_else_is_printed()
    {
        using var errors = new StringWriter();
        using var output = new MemoryStream();
        var terminal = new Terminal(static () => Stream.Null, () => output, errors, _clock) { IsWatched = true };
        _clock.Advance(TimeSpan.FromSeconds(1));
        terminal.Report(new ReadingProgress("a.yaml", 0));
        Assert.Equal(ExitCode.NotAnswered, await Cli.Run(["reach", "nowhere.yaml"], terminal, false, CancellationToken.None));
        Assert.StartsWith($"{Clear}Reading a.yaml (0 MB) …{Clear}nowhere.yaml: error: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_looks_there_is_none()
    {
        using var errors = new StringWriter();
        var terminal = new Terminal(static () => Stream.Null, static () => Stream.Null, errors, _clock);
        _clock.Advance(TimeSpan.FromMinutes(1));
        terminal.Report(new ReadingProgress("a.yaml", 1_000_000));
        Assert.Equal("", errors.ToString());
    }

    private Terminal Watched(TextWriter errors) => new(static () => Stream.Null, static () => Stream.Null, errors, _clock) { IsWatched = true };

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
