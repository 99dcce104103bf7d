namespace NetPolTools.Reading;

/// <summary>Something stands in YAML that has to be left to who knows all of it.</summary>
/// <param name="document">The number of the token with which the document began, among all of the input.</param>
/// <param name="end">The number behind that of the last token.</param>
/// <param name="text">The text from the beginning of the document on, with as many lines before it as the input has there.</param>
internal sealed class UnsureYamlException(long document, long end, YamlRest text) : Exception
{
    public long Document => document;

    public long End => end;

    public YamlRest Text => text;
}
