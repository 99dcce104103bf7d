namespace NetPolTools.Sources;

/// <summary>Files as texts with places.</summary>
public static class SourceFiles
{
    /// <summary>The text of a file; null where there is no such file, as for standard input, or it is no text.</summary>
    public static SourceText? Open(string path, SourceParser parse)
    {
        try
        {
            return File.Exists(path) && SourceFile.Read(path) is { } file ? new SourceText(file.Text, parse) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was there when it was read; what can be said without it is said.
            return null;
        }
    }
}
