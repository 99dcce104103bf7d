using Markdig.Syntax;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>An example: code, what it prints, and what there is to say.</summary>
/// <param name="Output">Null where nothing is printed.</param>
public sealed record Example(string Title, string Code, string? Output, IReadOnlyList<string> Remarks)
{
    /// <summary>The language of a block of code that is the example itself.</summary>
    public const string CodeLanguage = "powershell";

    /// <summary>The language of a block that shows what the code prints.</summary>
    public const string OutputLanguage = "output";

    /// <returns>Null where there is no code.</returns>
    public static Example? From(Section section)
    {
        var fences = section.Blocks.OfType<FencedCodeBlock>().ToArray();
        var code = fences.FirstOrDefault(static fence => fence.Info == CodeLanguage);
        var output = fences.FirstOrDefault(static fence => fence.Info == OutputLanguage);
        return code is null ? null : new Example(
            section.Title,
            PlainText.CodeOf(code),
            output is null ? null : PlainText.CodeOf(output),
            [.. PlainText.Paragraphs(section.Blocks.Where(block => block != code && block != output))]);
    }
}
