namespace NetPolTools.Tests.Support;

/// <summary>A stream that gives at most so many bytes at once, as sockets and pipes may.</summary>
internal sealed class TrickleStream(byte[] content, int atOnce = 1) : MemoryStream(content)
{
    public bool IsDisposed { get; private set; }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atOnce, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(atOnce, count));

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
