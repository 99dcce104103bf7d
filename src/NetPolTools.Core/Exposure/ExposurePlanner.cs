using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Plans for workloads of the same cluster, or of two that are compared, with what is the same for all of them. Workloads to which policies do the
/// same have one plan. Not thread safe.</summary>
/// <param name="sides">The cluster; of a comparison, both.</param>
/// <param name="pods">Takes the pods that are to be asked about.</param>
internal sealed class ExposurePlanner(IReadOnlyList<ExposureSide> sides, PodsToCome pods)
{
    // Large plans are as large as thousands of small ones.
    private const int FewPlans = 500;
    private const int MostKept = 1 << 18;
    private const int AtomsPerPlan = 64;

    private readonly Dictionary<(PolicyDirection Own, string Key), ExposurePlan> _known = [];
    private int _kept;
    private readonly NamespaceTable _table = new(sides);
    private readonly Dictionary<PolicyDirection, NamespaceClasses> _classes = [];
    private readonly Dictionary<(string Namespace, string Name), LabelSet> _accounts = sides.SelectMany(static side => side.Snapshot.ServiceAccounts)
        .DistinctBy(static account => account.Reference).ToDictionary(static account => (account.Metadata.Namespace!, account.Name),
            static account => account.Metadata.Labels);

    private readonly HashSet<string> _accountNames =
        [PodSpec.DefaultServiceAccount, .. sides.SelectMany(static side => side.Snapshot.ServiceAccounts).Select(static account => account.Name)];

    /// <param name="workloads">The workload in each of the clusters; null where it is not there. It is in one of them.</param>
    /// <param name="direction">Ingress for who may reach it.</param>
    /// <param name="isKept">Whether the plan is kept, so that it may be kept by others at no cost.</param>
    public ExposurePlan Plan(ExposedWorkload?[] workloads, PolicyDirection direction, out bool isKept)
    {
        var own = direction == PolicyDirection.Ingress ? PolicyDirection.Egress : PolicyDirection.Ingress;
        if (!_classes.TryGetValue(own, out var classes))
            _classes.Add(own, classes = new NamespaceClasses(_table, sides, own));

        // One that holds for all tells no pods apart, but says that some may come from everywhere.
        (string Text, LabelPredicate Condition)[][] asked = [.. sides.Select((side, s) => workloads[s] is { } workload
            ? side.ConditionsOn(workload, direction).Select(static condition => (Text: PredicateContent.TextOf(condition), condition))
                .DistinctBy(static condition => condition.Text).ToArray()
            : [])];
        LabelPredicate[][] conditions = [.. asked.Select(static ofSide => ofSide.Select(static condition => condition.Condition).ToArray())];
        var isIsolated = sides.Zip(workloads).All(pair => pair.Second is not { } workload || pair.First.Isolates(workload, direction));
        var grouping = new NamespaceGrouping(_table, classes, sides, workloads, conditions, isIsolated);
        var key = (own, grouping.Key(asked.SelectMany(static (ofSide, s) => ofSide.Select(condition => $"{s} {condition.Text}"))));
        if (isKept = _known.TryGetValue(key, out var known))
            return known!;
        var plan = new ExposurePlan(_table, grouping, conditions, _accountNames, space => new PodWitness(space, pods, _accounts));
        if (isKept = _known.Count < FewPlans || _kept < MostKept)
        {
            _known.Add(key, plan);
            _kept += AtomsPerPlan + plan.Places.Sum(static place => place.Atoms.Count);
        }

        return plan;
    }
}
