namespace NetPolTools.Yaml.Scanning;

/// <summary>When another thread scans YAML text ahead of the one that reads its tokens, which then takes about half the time.</summary>
/// <param name="From">After so many characters: what is short is read before a thread is there to help.</param>
/// <param name="BlockLength">How many characters go to it at a time, from 1 on.</param>
/// <remarks>The text reader itself is only ever used by the thread that reads tokens.</remarks>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="BlockLength"/> is not positive.</exception>
public sealed record ScanAheadOptions(long From, int BlockLength = ScanAheadOptions.DefaultBlockLength)
{
    private const int DefaultBlockLength = 16 * 1024;

    public int BlockLength { get; } = BlockLength > 0 ? BlockLength
        : throw new ArgumentOutOfRangeException(nameof(BlockLength), BlockLength, "Must be positive.");

    /// <summary>For long texts, where there are processors for two threads.</summary>
    public static ScanAheadOptions Default => Environment.ProcessorCount > 1 ? new ScanAheadOptions(4 * DefaultBlockLength) : Never;

    /// <summary>No other thread, however long the text is.</summary>
    public static ScanAheadOptions Never => new(long.MaxValue);
}
