using System.Text;

namespace NetPolTools.Tests.Support;

/// <summary>A stream that gives one text several times, each only after the one before was answered.</summary>
internal sealed class ConversationStream(string text, int times) : MemoryStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _answers = new(1);
    private int _given;

    public bool WasAnsweredInTime { get; private set; } = true;

    public void Answer() => _answers.Release();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        WasAnsweredInTime &= _answers.Wait(Patience);
        return _given++ < times ? Encoding.UTF8.GetBytes(text, buffer) : 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _answers.Dispose();
        base.Dispose(disposing);
    }
}
