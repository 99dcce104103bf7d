using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>One value, in which places are found should anyone ask. Of use as long as its block is not filled anew.</summary>
/// <param name="block">Holds it as a whole.</param>
/// <param name="token">Where it begins.</param>
/// <param name="file">The input's name for locations.</param>
/// <param name="hasLines">Whether the input has lines.</param>
/// <param name="strings">Of the reading.</param>
internal sealed class BlockExcerpt(TokenBlock block, int token, string file, bool hasLines, StringPool strings) : IPlaceFinder
{
    public SourceLocation Find(string path, string? mapKey)
    {
        using var reader = new JsonTokenReader(block, file, strings) { HasLines = hasLines };
        reader.GoTo(token);
        var buffer = new TokenBuffer();
        buffer.Record(reader);
        return buffer.Find(path, mapKey);
    }
}
