namespace NetPolTools.Reading;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class SniffedStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _start;
    private readonly int _startLength;
    private int _position;

    /// <param name="inner">Disposed with this one.</param>
    /// <param name="start">Filled with the first bytes, and looked at until they are read.</param>
    public SniffedStream(Stream inner, byte[] start)
    {
        _inner = inner;
        _start = start;
        _startLength = inner.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes; fewer than asked for where the stream is shorter.</summary>
    public ReadOnlySpan<byte> Start => _start.AsSpan(0, _startLength);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position == _startLength)
            return _inner.Read(buffer);
        var read = Math.Min(buffer.Length, _startLength - _position);
        _start.AsSpan(_position, read).CopyTo(buffer);
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
