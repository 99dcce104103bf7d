using NetPolTools.Reachability;

namespace NetPolTools.Linting;

/// <summary>Asks rules about one input.</summary>
public static class Linter
{
    /// <summary>So few policies are checked before another thread would have woken up.</summary>
    private const int FewPolicies = 100;

    /// <summary>All that rules find, rule by rule; the rules are asked at the same time.</summary>
    /// <param name="context">The input.</param>
    /// <param name="rules">Those to be asked.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static IEnumerable<LintFinding> Run(LintContext context, IEnumerable<LintRule> rules, CancellationToken cancellation)
    {
        LintRule[] asked = [.. rules.Where(rule => IsAsked(rule, context))];
        var found = new List<LintFinding>[asked.Length];
        ParallelParts.ForEachPart(asked.Length, part => found[part] = Check(asked[part]), cancellation, isSmall: context.Policies.Count < FewPolicies);
        return found.SelectMany(static findings => findings);

        List<LintFinding> Check(LintRule rule)
        {
            var findings = new List<LintFinding>();
            foreach (var finding in rule.Check(context))
            {
                cancellation.ThrowIfCancellationRequested();
                findings.Add(finding);
            }

            return findings;
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
