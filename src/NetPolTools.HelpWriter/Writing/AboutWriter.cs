using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using NetPolTools.HelpWriter.Prose;

namespace NetPolTools.HelpWriter.Writing;

/// <summary>A topic as a terminal shows it: plain text of at most 80 columns, indented below its headings.</summary>
public static class AboutWriter
{
    private const int Width = 80;
    private const int Step = 4;

    public static string Write(AboutTopic topic)
    {
        var text = new StringBuilder("TOPIC\n").Append(' ', Step).Append(topic.Name).Append('\n');
        WriteSections(text, topic.Text.Sections, headingIndent: 0, indent: Step);
        return text.ToString();
    }

    private static void WriteSections(StringBuilder text, IEnumerable<Section> sections, int headingIndent, int indent)
    {
        foreach (var section in sections)
        {
            text.Append('\n').Append(' ', headingIndent).Append(section.Title).Append('\n');
            var isFirst = true;
            foreach (var block in section.Blocks)
            {
                // The first paragraph stands right below its heading.
                if (!isFirst)
                    text.Append('\n');
                isFirst = false;
                WriteBlock(text, block, indent);
            }

            // Headings are indented by half a step: "SHORT DESCRIPTION", then "  Peers", then "    Named ports" with its text further in.
            WriteSections(text, section.Sections, headingIndent == 0 ? Step / 2 : indent, headingIndent == 0 ? indent : indent + Step);
        }
    }

    private static void WriteBlock(StringBuilder text, Block block, int indent)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                WriteWrapped(text, PlainText.Of(paragraph.Inline), indent, indent);
                break;
            case ListBlock list:
                foreach (var item in PlainText.Paragraphs([list]))
                    WriteWrapped(text, item, indent, indent + "- ".Length);
                break;
            case CodeBlock code:
                foreach (var line in PlainText.CodeOf(code).Split('\n'))
                    text.Append(' ', line.Length > 0 ? indent + Step : 0).Append(line).Append('\n');
                break;
            case Table table:
                WriteTable(text, table, indent);
                break;
            default:
                throw new NotSupportedException($"A topic of the help has no form for {block.GetType().Name} at line {block.Line + 1}.");
        }
    }

    /// <summary>As many words on a line as fit.</summary>
    private static void WriteWrapped(StringBuilder text, string paragraph, int firstIndent, int indent)
    {
        var line = new StringBuilder();
        var isFirst = true;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && (isFirst ? firstIndent : indent) + line.Length + 1 + word.Length > Width)
                EndLine();
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        EndLine();

        void EndLine()
        {
            text.Append(' ', isFirst ? firstIndent : indent).Append(line).Append('\n');
            line.Clear();
            isFirst = false;
        }
    }

    /// <summary>A table without its head: what stands in the first column, and beside it the rest of the row.</summary>
    private static void WriteTable(StringBuilder text, Table table, int indent)
    {
        var rows = table.OfType<TableRow>().Where(static row => !row.IsHeader)
            .Select(static row => row.OfType<TableCell>().Select(static cell => string.Join(' ', PlainText.Paragraphs(cell))).ToArray())
            .ToArray();
        var first = rows.Max(static row => row[0].Length) + 2;
        foreach (var row in rows)
        {
            text.Append(' ', indent).Append(row[0].PadRight(first));
            var rest = new StringBuilder();
            WriteWrapped(rest, string.Join(' ', row.Skip(1)), indent + first, indent + first);
            text.Append(rest.ToString().TrimStart(' '));
        }
    }
}
