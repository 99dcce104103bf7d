using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>Markdown as a terminal shows it: no marks for code and emphasis, the words of a link without its target.</summary>
public static class PlainText
{
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                AutolinkInline link => link.Url,
                LineBreakInline => " ",
                ContainerInline container => Of(container),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                var other => throw new NotSupportedException($"The help has no form for {other.GetType().Name}: {other}"),
            });
        }

        return text.ToString();
    }

    /// <summary>One text for each paragraph; each item of a list is one and begins with a dash, code keeps its lines.</summary>
    public static IEnumerable<string> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany(static block => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        ListBlock list => list.OfType<ListItemBlock>().Select(static item => "- " + string.Join(' ', Paragraphs(item))),
        CodeBlock code => [CodeOf(code)],
        var other => throw new NotSupportedException($"The help has no form for {other.GetType().Name} at line {other.Line + 1}."),
    });

    public static string CodeOf(CodeBlock code) => code.Lines.ToString();
}
