using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting;

/// <summary>Asks rules about one input.</summary>
public static class Linter
{
    /// <summary>So few policies are checked before another thread would have woken up.</summary>
    private const int FewPolicies = 100;

    /// <summary>All that rules find, rule by rule and by place; the rules are asked at the same time.</summary>
    /// <param name="context">The input.</param>
    /// <param name="rules">Those to be asked.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static IEnumerable<LintFinding> Run(LintContext context, IEnumerable<LintRule> rules, CancellationToken cancellation)
    {
        LintRule[] asked = [.. rules.Where(rule => IsAsked(rule, context))];
        var found = new LintFinding[asked.Length][];

        // Rules that need it would wait for the one that asks first, while making it keeps all processors busy.
        if (Array.Exists(asked, static rule => rule.Needs == LintNeeds.Reachability))
            _ = context.Map;
        int[] inTurn = [.. Enumerable.Range(0, asked.Length).OrderBy(number => asked[number].Turn)];
        ParallelParts.ForEachPart(
            asked.Length, part => found[inTurn[part]] = Check(asked[inTurn[part]]), cancellation, IsSmall(context.Snapshot));
        return found.SelectMany(static findings => findings);

        LintFinding[] Check(LintRule rule)
        {
            var findings = new List<LintFinding>();
            foreach (var finding in rule.Check(context))
            {
                cancellation.ThrowIfCancellationRequested();
                findings.Add(finding);
            }

            // In order already or nearly so; each rule by itself, all of them together are then a few runs.
            return Runs.Merge([.. findings], ComparePlaces);
        }
    }

    /// <summary>Whether all that is asked is answered before another thread would have woken up.</summary>
    internal static bool IsSmall(ClusterSnapshot snapshot) => snapshot.NetworkPolicies.Count < FewPolicies;

    /// <summary>By file and place; of one place, the gravest first.</summary>
    /// <remarks>Rules find in the order of the input: what is put together here is some dozens of lists that are sorted, or nearly so.</remarks>
    public static IEnumerable<LintFinding> Sorted(IEnumerable<LintFinding> findings) => Runs.Merge([.. findings], Compare);

    /// <summary>Rules that the input cannot answer, since it need not hold all that there is.</summary>
    internal static IEnumerable<LintRule> Silent(LintContext context, IEnumerable<LintRule> rules) => rules.Where(rule => !IsAsked(rule, context));

    private static bool IsAsked(LintRule rule, LintContext context) => (rule.Expects & ~context.Complete) == 0;

    private static int Compare(LintFinding a, LintFinding b)
    {
        var order = ComparePlaces(a, b);
        if (order == 0)
            order = b.Severity.CompareTo(a.Severity);
        return order != 0 ? order : string.CompareOrdinal(a.Rule.Id, b.Rule.Id);
    }

    private static int ComparePlaces(LintFinding a, LintFinding b)
    {
        var (place, other) = (a.Location, b.Location);
        var order = string.CompareOrdinal(place.File, other.File);
        if (order == 0)
            order = place.Line.CompareTo(other.Line);
        return order != 0 ? order : place.Column.CompareTo(other.Column);
    }
}
