using System.Text;

namespace NetPolTools.Reading;

/// <summary>A place in UTF-8 text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Characters">UTF-16 characters before it in its line.</param>
/// <param name="Bytes">Bytes before it in its line.</param>
internal readonly record struct JsonPlace(int Line, int Characters, long Bytes)
{
    public int Column => Characters + 1;

    /// <summary>The place behind some text that begins here.</summary>
    public JsonPlace After(ReadOnlySpan<byte> text)
    {
        var lastBreak = text.LastIndexOf((byte)'\n');
        if (lastBreak < 0)
            return new JsonPlace(Line, Characters + Encoding.UTF8.GetCharCount(text), Bytes + text.Length);
        var rest = text[(lastBreak + 1)..];
        return new JsonPlace(Line + text.Count((byte)'\n'), Encoding.UTF8.GetCharCount(rest), rest.Length);
    }
}
