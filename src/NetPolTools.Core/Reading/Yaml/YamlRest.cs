namespace NetPolTools.Reading;

/// <summary>What was read of a stream and is to be read again, and what follows it there.</summary>
/// <param name="lines">How many lines come before all of it: those of an empty document, if any.</param>
/// <param name="kept">What was read.</param>
/// <param name="stream">Not disposed of with this one.</param>
internal sealed class YamlRest(int lines, Queue<ReadOnlyMemory<byte>> kept, Stream stream) : ReadOnlyStream
{
    private int _dashes = lines > 0 ? 3 : 0;
    private int _lines = lines;
    private ReadOnlyMemory<byte> _present;

    /// <summary>Whether an empty document comes first.</summary>
    public bool IsBehindEmptyDocument { get; } = lines > 0;

    /// <summary>Told how many bytes come from the stream.</summary>
    public Action<int>? OnBytes { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        Fill(buffer, (byte)'-', ref _dashes, ref written);
        Fill(buffer, (byte)'\n', ref _lines, ref written);
        while (written < buffer.Length && (_present.Length > 0 || kept.TryDequeue(out _present)))
        {
            var some = _present.Span[..Math.Min(_present.Length, buffer.Length - written)];
            some.CopyTo(buffer[written..]);
            _present = _present[some.Length..];
            written += some.Length;
        }

        if (written > 0)
            return written;
        var read = stream.Read(buffer);
        OnBytes?.Invoke(read);
        return read;
    }

    private static void Fill(Span<byte> buffer, byte with, ref int left, ref int written)
    {
        var some = Math.Min(left, buffer.Length - written);
        buffer.Slice(written, some).Fill(with);
        left -= some;
        written += some;
    }
}
