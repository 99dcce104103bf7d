namespace NetPolTools.Sources;

/// <summary>Changes of a text by whole documents and comments.</summary>
internal static class SourceDocuments
{
    private const string Separator = "---";

    /// <summary>The text with one more document at its end; null where it is not YAML of documents, or ends in a way that nothing can follow.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="document">In block form.</param>
    public static string? With(SourceText text, string document)
    {
        if (text.Documents.Count == 0 || text.Documents[0].IsDelimited || Lines(text).Any(IsEnd))
            return null;
        var newLine = text.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var end = text.Text.EndsWith('\n') ? "" : newLine;
        return $"{text.Text}{end}{Separator}{newLine}{document.ReplaceLineEndings(newLine)}{newLine}";
    }

    /// <summary>The text without one of its documents; null where it is the only one, or shares a line with another.</summary>
    public static string? Without(SourceText text, int document)
    {
        if (text.Documents.Count < 2 || text.Documents[document].IsDelimited)
            return null;
        var node = text.Documents[document];
        int[] separators = [.. Enumerable.Range(1, text.LineCount).Where(line => Line(text, line) == Separator)];
        var (before, after) = (separators.LastOrDefault(line => text.StartOfLine(line) < node.Start), separators.FirstOrDefault(line =>
            text.StartOfLine(line) >= node.End));

        // What stands before the first document begins with no line of its own.
        if (document > 0 && before == 0)
            return null;
        var (start, end) = after == 0 ? (before, text.LineCount + 1) : (before + 1, after + 1);
        var (from, to) = (text.StartOfLine(start), end > text.LineCount ? text.Text.Length : text.StartOfLine(end));
        return string.Concat(text.Text.AsSpan(0, from), text.Text.AsSpan(to));
    }

    /// <summary>The text without the comment that begins at a place; with it goes its line, where nothing else stands there.</summary>
    public static string? WithoutComment(SourceText text, int offset)
    {
        if (offset < 0 || offset >= text.Text.Length || text.Text[offset] != '#')
            return null;
        var line = text.LineOf(offset);
        var (from, to) = (offset, text.EndOfLine(line));
        while (from > text.StartOfLine(line) && text.Text[from - 1] is ' ' or '\t')
            from--;
        if (from == text.StartOfLine(line))
            to = line < text.LineCount ? text.StartOfLine(line + 1) : text.Text.Length;
        return string.Concat(text.Text.AsSpan(0, from), text.Text.AsSpan(to));
    }

    private static IEnumerable<string> Lines(SourceText text) => Enumerable.Range(1, text.LineCount).Select(line => Line(text, line));

    private static bool IsEnd(string line) => line == "...";

    private static string Line(SourceText text, int line) => text.Text[text.StartOfLine(line)..text.EndOfLine(line)].TrimEnd();
}
