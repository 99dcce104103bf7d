using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>A stretch of JSON or YAML with its tokens: whole tokens, but values may go on in the next block.</summary>
internal sealed class TokenBlock
{
    private const int FewTokens = 1024;

    private BlockToken[] _tokens = [];

    public byte[] Bytes { get; set; } = [];

    /// <summary>How many of the bytes are this block's.</summary>
    public int Length { get; set; }

    public int Count { get; private set; }

    public ref BlockToken this[int index] => ref _tokens[index];

    /// <summary>What stands behind the last token instead of another: an error in the text, or of the stream; null where the input goes on or ends.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    public bool IsLast { get; set; }

    /// <summary>Where the first byte stands in the input.</summary>
    public JsonPlace Place { get; set; }

    /// <summary>How many bytes came from the stream for it.</summary>
    public int BytesRead { get; set; }

    /// <summary>The number of the thread that fills it.</summary>
    public int Maker { get; set; }

    /// <summary>In how many brackets the first token stands.</summary>
    public int Depth { get; set; }

    /// <summary>In how few brackets the block comes to be.</summary>
    public int LeastDepth { get; set; }

    /// <summary>What another thread finds in it, or is to find; null where that is not known to hold items of a list.</summary>
    public ItemsAhead? Items { get; set; }

    /// <summary>Whether what stands in a value depends on the column in which it begins.</summary>
    public bool IsIndented { get; set; }

    /// <summary>Of all tokens of the input, the number of the first one here.</summary>
    public long FirstToken { get; set; }

    /// <summary>Texts of escaped tokens in the order of these, where they cannot be made from the bytes alone.</summary>
    public List<UnescapedText> Texts { get; } = [];

    /// <inheritdoc cref="BlockToken(ManifestTokenKind, int, int, bool, bool)"/>
    public void Add(ManifestTokenKind kind, int start, int size = 0, bool isEscaped = false, bool isBare = false)
    {
        if (Count == _tokens.Length)
            Array.Resize(ref _tokens, Math.Max(Count * 2, FewTokens));
        _tokens[Count++] = new BlockToken(kind, start, size, isEscaped, isBare);
    }

    /// <summary>Adds a scalar whose text is not what stands there.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="start">Where it begins in the bytes.</param>
    /// <param name="text">Its text.</param>
    /// <param name="written">What the user may have meant.</param>
    public void Add(ManifestTokenKind kind, int start, string text, string written)
    {
        Add(kind, start, Texts.Count, isEscaped: true);
        Texts.Add(new UnescapedText(Count - 1, text, written));
    }

    /// <summary>Whether there are tokens between two whose texts are not what stands there.</summary>
    public bool HasTexts(int from, int to)
    {
        var (first, end) = (0, Texts.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (Texts[middle].Token < from)
                first = middle + 1;
            else
                end = middle;
        }

        return first < Texts.Count && Texts[first].Token < to;
    }

    public void RemoveFrom(int token)
    {
        Count = token;
        while (Texts.Count > 0 && Texts[^1].Token >= token)
            Texts.RemoveAt(Texts.Count - 1);
    }

    /// <summary>Notes where the value that begins with a bracket ends.</summary>
    public void Close(int open, int close) => _tokens[open] = new BlockToken(_tokens[open].Kind, _tokens[open].Start, close, false, false);

    public void Clear()
    {
        Count = 0;
        Failure = null;
        IsLast = false;
        BytesRead = 0;
        Items = null;
        Texts.Clear();
    }
}

/// <summary>The text of a token.</summary>
/// <param name="Token">Its number in the block.</param>
/// <param name="Text">As <see cref="ManifestTokenReader.Text"/> gives it.</param>
/// <param name="Written">As <see cref="ManifestTokenReader.WrittenText"/> gives it.</param>
internal readonly record struct UnescapedText(int Token, string Text, string Written);
