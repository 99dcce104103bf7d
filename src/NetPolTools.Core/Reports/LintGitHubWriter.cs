using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Findings as commands that GitHub's runner shows beside the lines of a pull request. It takes some ten of each kind from a step: the gravest come first,
/// and the rest is in the log.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class LintGitHubWriter(TextWriter output, string root)
{
    private const int MostOfAKind = 10;

    private readonly LintPaths _paths = new(root);

    public void Write(LintReport report)
    {
        var rest = new List<LintFinding>();
        foreach (var same in report.Findings.GroupBy(static finding => finding.Severity).OrderByDescending(static same => same.Key))
        {
            foreach (var finding in same.Take(MostOfAKind))
                Write(finding);
            rest.AddRange(same.Skip(MostOfAKind));
        }

        if (rest.Count == 0)
            return;
        output.Write($"::group::{Wording.Count(rest.Count, "further finding")}\n");
        foreach (var finding in rest)
            output.Write($"{LintWords.Of(finding.Severity)} {finding.Rule.Id} {Text($"{LintWords.About(finding)} {LintWords.Line(finding)}")}\n");
        output.Write("::endgroup::\n");
    }

    private void Write(LintFinding finding)
    {
        var properties = new List<string>();
        if (finding.Location.File is { } file)
            properties.Add($"file={Property(_paths.Of(file))}");
        if (finding.Location.Line > 0)
        {
            properties.Add($"line={finding.Location.Line}");
            if (finding.End is { } end)
                properties.Add($"endLine={end.Line}");

            // Columns are for findings within a line.
            if (finding.End is null || finding.End.Value.Line == finding.Location.Line)
                properties.Add($"col={finding.Location.Column}");
            if (finding.End is { } behind && behind.Line == finding.Location.Line)
                properties.Add($"endColumn={behind.Column}");
        }

        properties.Add($"title={Property(finding.Rule.ToString())}");
        var message = finding.Object is null ? finding.Message : $"{finding.Object}: {finding.Message}";
        output.Write($"::{Command(finding.Severity)} {string.Join(',', properties)}::{Text(message)}\n");
    }

    private static string Command(LintSeverity severity) => severity == LintSeverity.Note ? "notice" : LintWords.Of(severity);

    /// <summary>An older form of commands begins anywhere in a line.</summary>
    private static string Text(string text) =>
        Printable.Of(text).Replace("##[", "## [", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) =>
        Text(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
