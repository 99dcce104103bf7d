namespace NetPolTools.Reading;

/// <summary>A token of a <see cref="TokenBlock"/>: twelve bytes, since a block has a token for every six of its own.</summary>
internal readonly struct BlockToken
{
    private const int Escaped = 1 << 8;
    private const int Bare = 1 << 9;

    private readonly int _what;
    private readonly int _size;

    /// <param name="kind">What it is.</param>
    /// <param name="start">Where it begins in the block's bytes.</param>
    /// <param name="size">Of a scalar or name, the bytes of its text; of an opening bracket, the token that closes it; otherwise 0.</param>
    /// <param name="isEscaped">Whether its text is not what stands there.</param>
    /// <param name="isBare">Whether it stands without quotes, though it is a text.</param>
    public BlockToken(ManifestTokenKind kind, int start, int size, bool isEscaped, bool isBare)
    {
        _what = (int)kind | (isEscaped ? Escaped : 0) | (isBare ? Bare : 0);
        _size = size;
        Start = start;
    }

    public ManifestTokenKind Kind => (ManifestTokenKind)(_what & (Escaped - 1));

    public bool IsEscaped => (_what & Escaped) != 0;

    /// <summary>Where it begins in the block's bytes.</summary>
    public int Start { get; }

    /// <summary>Bytes of its text, without quotes; none for brackets.</summary>
    public int TextLength => IsOpening ? 0 : _size;

    /// <summary>Of a bracket that opens a value that ends in the same block: the position of the token that closes it; otherwise 0.</summary>
    public int Close => IsOpening ? _size : 0;

    public int TextStart =>
        Kind is ManifestTokenKind.String or ManifestTokenKind.PropertyName && (_what & Bare) == 0 ? Start + 1 : Start;

    private bool IsOpening => Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart;
}
