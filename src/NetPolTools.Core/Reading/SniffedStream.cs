namespace NetPolTools.Reading;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class SniffedStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _start;
    private readonly int _startLength;
    private int _position;

    public SniffedStream(Stream inner, int sniffLength)
    {
        _inner = inner;
        _start = new byte[sniffLength];
        _startLength = inner.ReadAtLeast(_start, sniffLength, throwOnEndOfStream: false);
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
