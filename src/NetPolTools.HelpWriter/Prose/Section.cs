using Markdig;
using Markdig.Syntax;

namespace NetPolTools.HelpWriter.Prose;

/// <summary>A heading of a Markdown file with what stands below it.</summary>
public sealed class Section
{
    // Tables are the one extension that the help uses.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly List<Block> _blocks = [];
    private readonly List<Section> _sections = [];

    private Section(int level, string title, int line)
    {
        Level = level;
        Title = title;
        Line = line;
    }

    /// <summary>From 1; 0 for a whole file.</summary>
    public int Level { get; }

    public string Title { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>What stands between the heading and the first heading below it.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The headings one level below, in order.</summary>
    public IReadOnlyList<Section> Sections => _sections;

    /// <summary>The only section with this title; null where there is none.</summary>
    public Section? this[string title] => _sections.FirstOrDefault(section => section.Title == title);

    /// <summary>A whole file, with its top headings as sections.</summary>
    public static Section Parse(string markdown)
    {
        var open = new Stack<Section>([new Section(0, "", 1)]);
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            if (block is HeadingBlock heading)
            {
                while (open.Peek().Level >= heading.Level)
                    open.Pop();
                var section = new Section(heading.Level, PlainText.Of(heading.Inline), heading.Line + 1);
                open.Peek()._sections.Add(section);
                open.Push(section);
            }
            else
            {
                open.Peek()._blocks.Add(block);
            }
        }

        return open.Last();
    }
}
