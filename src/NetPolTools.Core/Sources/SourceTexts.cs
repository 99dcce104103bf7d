namespace NetPolTools.Sources;

/// <summary>The texts of inputs by the names that locations have for them. Files are read again; other texts are those that were given.</summary>
public sealed class SourceTexts(SourceParser parse)
{
    private readonly Dictionary<string, SourceText?> _texts = [];

    /// <summary>A text that is in no file, such as standard input. Of two with the same name nobody could say which a place is in, so there is none.</summary>
    public void Add(string name, string text) => _texts[name] = _texts.ContainsKey(name) ? null : new SourceText(text, parse);

    /// <summary>
    /// The text of an input; null where there is none, and for a file that is too long to look at its nodes. A file is read each time. Several threads may ask
    /// while nothing is added.
    /// </summary>
    public SourceText? Open(string name) => _texts.TryGetValue(name, out var text) ? text : IsLong(name) ? null : OpenFile(name);

    /// <summary>The text of an input if a word of ASCII is in it; null otherwise.</summary>
    public SourceText? OpenIfHolds(string name, string word)
    {
        if (_texts.TryGetValue(name, out var known))
            return known?.Text.Contains(word, StringComparison.Ordinal) == true ? known : null;
        try
        {
            return File.Exists(name) && SourceFile.Holds(name, word) ? OpenFile(name) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private SourceText? OpenFile(string name) =>
        Looked(static path => SourceFile.Read(path), name)?.Text is { } read ? new SourceText(read, parse) : null;

    private static bool IsLong(string path) => Looked(static path => SourceFile.IsLong(path), path);

    private static T? Looked<T>(Func<string, T> look, string path)
    {
        try
        {
            return File.Exists(path) ? look(path) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was there when it was read; what can be said without it is said.
            return default;
        }
    }
}
