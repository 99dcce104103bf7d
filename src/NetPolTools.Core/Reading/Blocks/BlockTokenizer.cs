using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>Cuts a UTF-8 stream into blocks of tokens.</summary>
internal abstract class BlockTokenizer(Stream stream)
{
    /// <summary>Bytes, where no token is longer.</summary>
    public const int BlockSize = 64 * 1024;

    private const int FirstBlockSize = 16 * 1024;

    /// <summary>Open brackets: their positions in the present block, or -1 where they stand in one before.</summary>
    private readonly int[] _open = new int[ManifestTokenReader.MaxDepth + 1];

    private readonly int[] _openBefore = new int[ManifestTokenReader.MaxDepth + 1];
    private (int Depth, int Tokens, int LeastDepth) _before;

    private byte[] _carried = [];
    private JsonPlace _place = new(1, 0, 0);
    private bool _isBegun;

    /// <summary>Whether there was more than a small block holds; most files have less.</summary>
    private bool _isLong;

    protected bool IsEndOfStream { get; private set; }

    /// <summary>In how many brackets the next token stands.</summary>
    protected int Depth { get; private set; }

    /// <summary>Fills the next block, an empty one; nothing is to be asked of the tokenizer after the last.</summary>
    public void Fill(TokenBlock block)
    {
        (block.Depth, block.LeastDepth) = (Depth, Depth);
        block.Place = _place;
        Array.Fill(_open, -1, 0, Depth);
        try
        {
            Load(block);
            var consumed = Tokenize(block);
            if (block.IsLast)
                return;
            _carried = block.Bytes.AsSpan(consumed, block.Length - consumed).ToArray();
            block.Length = consumed;
            _place = block.Place.After(block.Bytes.AsSpan(0, consumed));
        }
        catch (Exception e)
        {
            // Whoever takes the block throws it where its tokens end.
            block.Failure = ExceptionDispatchInfo.Capture(e);
            block.IsLast = true;
        }
    }

    /// <summary>Adds tokens to the block, one at least unless it is the last; gives how many of its bytes they take.</summary>
    protected abstract int Tokenize(TokenBlock block);

    protected void Read(TokenBlock block)
    {
        if (IsEndOfStream)
            return;
        if (block.Length == block.Bytes.Length)
        {
            var larger = new byte[block.Length * 2];
            block.Bytes.CopyTo(larger, 0);
            block.Bytes = larger;
        }

        var read = stream.Read(block.Bytes, block.Length, block.Bytes.Length - block.Length);
        IsEndOfStream = read == 0;
        block.Length += read;
        block.BytesRead += read;
        _isLong |= block.Length == block.Bytes.Length;
    }

    protected void Open(TokenBlock block, ManifestTokenKind kind, int start)
    {
        _open[Depth++] = block.Count;
        block.Add(kind, start);
    }

    protected void Close(TokenBlock block, ManifestTokenKind kind, int start)
    {
        var open = _open[--Depth];
        if (open >= 0)
            block.Close(open, block.Count);
        else
            block.LeastDepth = Math.Min(block.LeastDepth, Depth);
        block.Add(kind, start);
    }

    /// <summary>Remembers the tokens so far, for <see cref="TakeBack"/>.</summary>
    protected void Remember(TokenBlock block)
    {
        _before = (Depth, block.Count, block.LeastDepth);
        _open.AsSpan(0, Depth).CopyTo(_openBefore);
    }

    /// <summary>Forgets the tokens since <see cref="Remember"/>: there is not enough text yet for all that belong together.</summary>
    protected void TakeBack(TokenBlock block)
    {
        block.RemoveFrom(_before.Tokens);
        (Depth, block.LeastDepth) = (_before.Depth, _before.LeastDepth);
        for (var i = 0; i < Depth; i++)
        {
            _open[i] = _openBefore[i];
            if (_open[i] >= 0)
                block.Close(_open[i], 0);
        }
    }

    /// <summary>What is left of the block before, and what the stream has.</summary>
    private void Load(TokenBlock block)
    {
        var size = Math.Max(_isLong ? BlockSize : FirstBlockSize, _carried.Length + 1);
        if (block.Bytes.Length < size)
            block.Bytes = new byte[size];
        _carried.CopyTo(block.Bytes, 0);
        block.Length = _carried.Length;
        _carried = [];
        while (!_isBegun && block.Length < 3 && !IsEndOfStream)
            Read(block);
        if (!_isBegun && block.Bytes.AsSpan(0, block.Length).StartsWith("\uFEFF"u8))
        {
            block.Length -= 3;
            block.Bytes.AsSpan(3, block.Length).CopyTo(block.Bytes);
        }

        _isBegun = true;

        // A stream may have nothing more to give before what it gave is looked at, as when a cluster is followed.
        if (block.BytesRead == 0)
            Read(block);
    }
}
