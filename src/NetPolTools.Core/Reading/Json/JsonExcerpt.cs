namespace NetPolTools.Reading;

/// <summary>The text of one JSON value, kept so that places in it can be found should anyone ask.</summary>
/// <param name="text">The value.</param>
/// <param name="file">The input's name for locations.</param>
/// <param name="place">Where it begins; null where the input has no lines.</param>
/// <param name="strings">Of the reading.</param>
internal sealed class JsonExcerpt(byte[] text, string file, JsonPlace? place, StringPool strings) : IPlaceFinder
{
    public SourceLocation Find(string path, string? mapKey)
    {
        using var reader = new JsonTokenReader(new MemoryStream(text), file, strings) { HasLines = place is not null };
        reader.Read();
        reader.Read();
        var buffer = new TokenBuffer();
        buffer.Record(reader);
        var (line, column) = (buffer.Find(path, mapKey).Line, buffer.Find(path, mapKey).Column);
        if (place is not { } start)
            return new SourceLocation(file, 0, 0);
        return line == 1 ? new SourceLocation(file, start.Line, start.Characters + column) : new SourceLocation(file, start.Line + line - 1, column);
    }
}
