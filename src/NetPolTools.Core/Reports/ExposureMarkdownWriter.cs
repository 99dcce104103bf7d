using NetPolTools.Exposure;

namespace NetPolTools.Reports;

/// <summary>Changes of exposure as Markdown for a pull request's comment: a heading with the counts, then a table.</summary>
public sealed class ExposureMarkdownWriter(TextWriter output)
{
    // GitHub takes comments of up to 65,536 characters; most lines have fewer than 300.
    private const int MostLines = 100;

    /// <returns>How many changes there were.</returns>
    public int Write(IEnumerable<ExposureChange> changes)
    {
        ExposureChange[] all = [.. changes];
        var opened = all.Count(static change => change.IsOpened);
        output.Write($"### Network policies: exposure {(all.Length == 0 ? "as before" : $"{opened} opened, {all.Length - opened} closed")}\n");
        if (all.Length == 0)
            return 0;
        output.Write("\n| Change | Workload | Who does not exist yet | Ports | Why |\n| --- | --- | --- | --- | --- |\n");
        foreach (var change in all.Take(MostLines))
        {
            var line = change.Line;
            string[] cells =
            [
                change.Change,
                MarkdownText.CodeInCell(line.Workload.ToString()),
                $"{ExposureText.DirectionOf(line)} {MarkdownText.CodeInCell(line.Who)}",
                ExposureText.PortsOf(line),
                string.Join(' ', line.Reasons.Select(MarkdownText.CodeInCell)),
            ];
            output.Write($"| {string.Join(" | ", cells)} |\n");
        }

        if (all.Length > MostLines)
            output.Write($"\n… and {all.Length - MostLines} more\n");
        return all.Length;
    }
}
