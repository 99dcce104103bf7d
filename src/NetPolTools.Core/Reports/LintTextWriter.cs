using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Findings for people: by file and object, each with its place, its rule and its sentence.</summary>
public sealed class LintTextWriter(TextWriter output)
{
    /// <returns>How many findings there were.</returns>
    public int Write(IReadOnlyList<LintFinding> findings)
    {
        string? file = null;
        string? about = null;
        foreach (var finding in findings)
        {
            var itsFile = finding.Location.File ?? "";
            if (itsFile != file)
            {
                if (file is not null)
                    output.Write('\n');
                output.Write($"{Printable.Of(itsFile.Length == 0 ? "(no file)" : itsFile)}\n");
                (file, about) = (itsFile, null);
            }

            var itsObject = finding.Object?.ToString() ?? "";
            if (itsObject != about)
            {
                if (itsObject.Length > 0)
                    output.Write($"  {Printable.Of(itsObject)}\n");
                about = itsObject;
            }

            var place = finding.Location.Line > 0 ? $"{finding.Location.Line}:{finding.Location.Column}" : "-";
            var path = finding.FieldPath is null ? "" : $" {finding.FieldPath}:";
            output.Write($"    {place,-8} {LintWords.Of(finding.Severity),-7} {finding.Rule.Id} {finding.Rule.Name}:{Printable.Of(path)} "
                + $"{Printable.Of(finding.Message)}\n");
            if (finding.Suppression is { } suppression)
                output.Write($"{"",13}left out by {Printable.Of(suppression.ToString())}\n");
            foreach (var correction in finding.Corrections)
            {
                var isShort = correction.Text?.Contains('\n') == false;
                output.Write($"{"",13}fix: {Printable.Of(isShort ? $"{correction.Description} {correction.Text}" : correction.Description)}\n");
            }
        }

        return findings.Count;
    }

    /// <summary>A line for each rule.</summary>
    public void Write(IEnumerable<LintRule> rules)
    {
        var table = new TextTable(output, "ID", "NAME", "SEVERITY", "NEEDS", "FINDS");
        foreach (var rule in rules)
            table.Add(
                rule.Id, rule.Name, LintWords.Of(rule.Severity), rule.Needs.ToString(), rule.Description + (rule.IsOptIn ? " Only where asked for." : ""));
        table.Complete();
    }

    /// <summary>All there is to know of a rule.</summary>
    public void Write(LintRule rule) => output.Write(
        $"{rule.Id} {rule.Name} ({LintWords.Of(rule.Severity)})\n\n{rule.Description} "
            + $"{rule.Why}\n\nTrouble:\n\n{Indented(rule.Trouble)}\n\nMended:\n\n{Indented(rule.Cure)}\n");

    /// <summary><c>3 findings: 1 error, 2 warnings</c>; a sentence without a full stop.</summary>
    public static string Sum(IReadOnlyList<LintFinding> findings)
    {
        if (findings.Count == 0)
            return "No findings";
        var counts = findings.GroupBy(static finding => finding.Severity).OrderByDescending(static group => group.Key)
            .Select(static group => Wording.Count(group.Count(), LintWords.Of(group.Key)));
        return $"{Wording.Count(findings.Count, "finding")}: {string.Join(", ", counts)}";
    }

    /// <summary>Why some rules have nothing to say, in a sentence.</summary>
    public static string SumOfSilent(LintReport report) =>
        $"{Wording.Count(report.Silent.Count, "rule")} about what is missing {(report.Silent.Count == 1 ? "was" : "were")} not asked, since the input need not "
            + "hold all there is.";

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(static line => "    " + line));
}
