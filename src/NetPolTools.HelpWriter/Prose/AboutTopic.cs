namespace NetPolTools.HelpWriter.Prose;

/// <summary>A text about the module as a whole: a file about_*.md, which Get-Help finds by its name.</summary>
public sealed class AboutTopic(string file, Section text)
{
    /// <summary>What Get-Help shows in a list of topics stands under this heading.</summary>
    public const string ShortDescription = "SHORT DESCRIPTION";

    public string Name { get; } = Path.GetFileNameWithoutExtension(file);

    public Section Text => text[Name] ?? text;

    /// <summary>What is missing.</summary>
    public IEnumerable<Problem> FindProblems()
    {
        if (text[Name] is null)
            yield return new Problem(file, 1, $"the file begins with '# {Name}'.");
        else if (Text[ShortDescription] is not { Blocks.Count: > 0 })
            yield return new Problem(file, Text.Line, $"add the heading '## {ShortDescription}', and say below it in one sentence what the topic is about.");
    }
}
