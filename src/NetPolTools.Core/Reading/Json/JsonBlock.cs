using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>A stretch of JSON with its tokens: whole tokens, but values may go on in the next block.</summary>
internal sealed class JsonBlock
{
    private JsonToken[] _tokens = new JsonToken[1024];

    public byte[] Bytes { get; set; } = [];

    /// <summary>How many of the bytes are this block's.</summary>
    public int Length { get; set; }

    public int Count { get; private set; }

    public ref JsonToken this[int index] => ref _tokens[index];

    /// <summary>What stands behind the last token instead of another: an error in the text, or of the stream; null where the input goes on or ends.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    public bool IsLast { get; set; }

    /// <summary>Where the first byte stands in the input.</summary>
    public JsonPlace Place { get; set; }

    /// <summary>How many bytes came from the stream for it.</summary>
    public int BytesRead { get; set; }

    public void Add(JsonToken token)
    {
        if (Count == _tokens.Length)
            Array.Resize(ref _tokens, Count * 2);
        _tokens[Count++] = token;
    }

    public void Clear()
    {
        Count = 0;
        Failure = null;
        IsLast = false;
        BytesRead = 0;
    }
}
