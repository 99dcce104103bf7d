namespace NetPolTools.Reading;

/// <summary>
/// Keeps a few blocks from one input for the next: a folder of twenty thousand small files would otherwise make two gigabytes of them. Not thread safe.
/// </summary>
internal sealed class SpareBlocks
{
    private const int MostKept = 4;

    private readonly Stack<TokenBlock> _blocks = new(MostKept);

    /// <summary>A block, with what it held before; null where there is none.</summary>
    public TokenBlock? Take() => _blocks.TryPop(out var block) ? block : null;

    /// <summary>Keeps a block that nobody looks at any more; not one that a long value has made large.</summary>
    public void Put(TokenBlock block)
    {
        if (_blocks.Count < MostKept && block.Bytes.Length <= BlockTokenizer.BlockSize)
            _blocks.Push(block);
    }
}
