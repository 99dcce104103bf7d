using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>A link of RELATED LINKS: to another file of the help by its relative path, or to the web.</summary>
public sealed record RelatedLink(string Text, string Target)
{
    public bool IsToWeb => Target.StartsWith("https://", StringComparison.Ordinal);

    public static IEnumerable<RelatedLink> In(Section section) => section.Blocks
        .SelectMany(static block => block.Descendants<LinkInline>())
        .Select(static link => new RelatedLink(PlainText.Of(link), link.Url ?? ""));
}
