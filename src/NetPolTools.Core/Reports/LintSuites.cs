using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Findings as test results: a suite for each rule that was asked or had to be silent, with a failed test for each object that it found something about, or
/// one that passed and stands for all objects.
/// </summary>
internal static class LintSuites
{
    public static TestRun Of(LintReport report)
    {
        var byRule = report.Findings.ToLookup(static finding => finding.Rule);
        var silent = report.Silent.ToHashSet();
        return new TestRun(
            "netpol lint",
            [
                .. report.Asked.Union(report.Silent).Union(byRule.Select(static same => same.Key)).OrderBy(static rule => rule.Id, StringComparer.Ordinal)
                    .Select(rule => new TestSuite(rule.ToString(), byRule.Contains(rule)
                        ? [.. byRule[rule].GroupBy(LintWords.About).Select(failed => Failed(rule, failed))]
                        : [Passed(rule, silent.Contains(rule) ? LintTextWriter.SumOfSilent(report) : null)])),
            ]);
    }

    private static TestCase Passed(LintRule rule, string? skipped) => new(rule.Id, rule.Description) { FullName = rule.ToString(), Skipped = skipped };

    private static TestCase Failed(LintRule rule, IGrouping<string, LintFinding> failed) => new(rule.Id, failed.Key)
    {
        Location = failed.First().Location,
        Failures =
        [
            .. failed.Select(static finding => new TestFailure(
                LintWords.Of(finding.Severity),
                Printable.Of(finding.Message),
                string.Join('\n', LintWords.Corrections(finding).Prepend(LintWords.Line(finding))),
                LintWords.Line(finding))),
        ],
    };
}
