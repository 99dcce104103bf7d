namespace NetPolTools.Reading;

/// <summary>Files that hold the same bytes: what one of them holds need not be read of the other.</summary>
public static class EqualFiles
{
    private const int BlockSize = 1 << 20;

    /// <summary>Whether both paths name files of the same content. False for what is no file, is empty, can be read only once, or cannot be read.</summary>
    /// <param name="one">A path.</param>
    /// <param name="other">Another.</param>
    /// <param name="cancellation">Looked at from block to block.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static bool Are(string one, string other, CancellationToken cancellation)
    {
        try
        {
            // A pipe has no length, and what is read of it is gone.
            var (length, otherLength) = (LengthOf(one), LengthOf(other));
            return length > 0 && length == otherLength && HaveSameBytes(one, other, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it says so.
            return false;
        }
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    private static bool HaveSameBytes(string one, string other, CancellationToken cancellation)
    {
        using var first = File.OpenRead(one);
        using var second = File.OpenRead(other);
        var (left, right) = (new byte[BlockSize], new byte[BlockSize]);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = first.ReadAtLeast(left, BlockSize, throwOnEndOfStream: false);
            if (second.ReadAtLeast(right, BlockSize, throwOnEndOfStream: false) != count || !left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
                return false;
            if (count < BlockSize)
                return true;
        }
    }
}
