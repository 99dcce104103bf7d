using NetPolTools.Asking;
using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>Findings as Markdown for a pull request's comment or the summary of a job: a heading with the counts, then a table, the gravest first.</summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class LintMarkdownWriter(TextWriter output, string root)
{
    // GitHub takes comments of up to 65,536 characters.
    private const int LongestTable = 60_000;

    private readonly LintPaths _paths = new(root);

    /// <summary>What was done, in the heading.</summary>
    public string Title { get; init; } = "Network policy lint";

    public void Write(LintReport report)
    {
        output.Write($"### {Title}: {LintTextWriter.Sum(report.Findings)}\n");
        if (report.Findings.Count > 0)
            WriteTable(report.Findings);
        if (report.Silent.Count > 0)
            output.Write($"\n{LintTextWriter.SumOfSilent(report)}\n");
    }

    private void WriteTable(IReadOnlyList<LintFinding> findings)
    {
        output.Write("\n| Severity | Rule | Object | Place | Message |\n| --- | --- | --- | --- | --- |\n");
        var (length, count) = (0, 0);
        foreach (var finding in LintWords.BySeverity(findings))
        {
            var line = $"| {LintWords.Of(finding.Severity)} | {finding.Rule} | {MarkdownText.InCell(finding.Object?.ToString() ?? "")} | "
                + $"{MarkdownText.InCell(Place(finding))} | {MarkdownText.InCell(finding.Message)} |\n";
            if ((length += line.Length) > LongestTable)
                break;
            output.Write(line);
            count++;
        }

        if (count < findings.Count)
            output.Write($"\n… and {findings.Count - count} more\n");
    }

    private string Place(LintFinding finding)
    {
        var (file, line) = (finding.Location.File is { } name ? _paths.Of(name) : "", finding.Location.Line);
        var place = line > 0 ? $"{file}:{line}" : file;
        return finding.FieldPath is null ? place : place.Length == 0 ? finding.FieldPath : $"{place} {finding.FieldPath}";
    }
}
