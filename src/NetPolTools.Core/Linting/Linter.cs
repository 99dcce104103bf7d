namespace NetPolTools.Linting;

/// <summary>Asks rules about one input.</summary>
internal static class Linter
{
    /// <summary>By file and place; of one place, the gravest first.</summary>
    /// <param name="context">The input.</param>
    /// <param name="rules">Those to be asked.</param>
    /// <param name="takes">Which severities are wanted.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<LintFinding> Run(
        LintContext context, IReadOnlyCollection<LintRule> rules, Func<LintSeverity, bool> takes, CancellationToken cancellation)
    {
        var found = new List<LintFinding>();
        foreach (var rule in rules.Where(rule => IsAsked(rule, context)))
        {
            foreach (var finding in rule.Check(context))
            {
                cancellation.ThrowIfCancellationRequested();
                if (takes(finding.Severity))
                    found.Add(finding);
            }
        }

        return
        [
            .. found.OrderBy(static finding => finding.Location.File, StringComparer.Ordinal)
                .ThenBy(static finding => finding.Location.Line)
                .ThenBy(static finding => finding.Location.Column)
                .ThenByDescending(static finding => finding.Severity)
                .ThenBy(static finding => finding.Rule.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Rules that the input cannot answer, since it need not hold all that there is.</summary>
    public static IEnumerable<LintRule> Silent(LintContext context, IEnumerable<LintRule> rules) => rules.Where(rule => !IsAsked(rule, context));

    private static bool IsAsked(LintRule rule, LintContext context) => (rule.Expects & ~context.Complete) == 0;
}
