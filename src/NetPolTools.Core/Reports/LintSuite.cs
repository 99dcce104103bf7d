using NetPolTools.Asking;
using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>A rule as a suite of tests: a failed test for each object that it found something about, or one that passed.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Failed">Its findings by object.</param>
/// <param name="IsSkipped">Whether the rule was not asked.</param>
internal sealed record LintSuite(LintRule Rule, IReadOnlyList<IGrouping<string, LintFinding>> Failed, bool IsSkipped)
{
    public string Name => Rule.ToString();

    /// <summary>One test stands for all objects that nothing was found about.</summary>
    public int TestCount => Math.Max(Failed.Count, 1);

    public bool HasPassed => Failed.Count == 0 && !IsSkipped;

    /// <summary>Every rule that was asked, and those that had to be silent.</summary>
    public static LintSuite[] Of(LintReport report)
    {
        var byRule = report.Findings.ToLookup(static finding => finding.Rule);
        var silent = report.Silent.ToHashSet();
        return
        [
            .. report.Asked.Union(report.Silent).Union(byRule.Select(static same => same.Key)).OrderBy(static rule => rule.Id, StringComparer.Ordinal)
                .Select(rule => new LintSuite(rule, [.. byRule[rule].GroupBy(LintWords.About)], silent.Contains(rule) && !byRule.Contains(rule))),
        ];
    }
}
