namespace NetPolTools.Linting;

/// <summary>Asks rules about one input.</summary>
public static class Linter
{
    /// <summary>All that rules find, in no order.</summary>
    /// <param name="context">The input.</param>
    /// <param name="rules">Those to be asked.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static IEnumerable<LintFinding> Run(LintContext context, IEnumerable<LintRule> rules, CancellationToken cancellation)
    {
        foreach (var rule in rules.Where(rule => IsAsked(rule, context)))
        {
            foreach (var finding in rule.Check(context))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return finding;
            }
        }
    }

    /// <summary>By file and place; of one place, the gravest first.</summary>
    public static IEnumerable<LintFinding> Sorted(IEnumerable<LintFinding> findings) =>
        findings.OrderBy(static finding => finding.Location.File, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Location.Line)
            .ThenBy(static finding => finding.Location.Column)
            .ThenByDescending(static finding => finding.Severity)
            .ThenBy(static finding => finding.Rule.Id, StringComparer.Ordinal);

    /// <summary>Rules that the input cannot answer, since it need not hold all that there is.</summary>
    internal static IEnumerable<LintRule> Silent(LintContext context, IEnumerable<LintRule> rules) => rules.Where(rule => !IsAsked(rule, context));

    private static bool IsAsked(LintRule rule, LintContext context) => (rule.Expects & ~context.Complete) == 0;
}
