using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Plans for workloads of the same cluster, or of two that are compared, with what is the same for all of them. Workloads to which policies do the
/// same have one plan. Not thread safe.</summary>
/// <param name="sides">The cluster; of a comparison, both.</param>
/// <param name="pods">Takes the pods that are to be asked about.</param>
/// <param name="asked">The workloads that are asked about.</param>
internal sealed class ExposurePlanner(IReadOnlyList<ExposureSide> sides, PodsToCome pods, IReadOnlyCollection<ObjectReference> asked)
{
    // What is kept: some plans in any case, and as many more as have few atoms. A plan counts like so many atoms itself.
    private const int FewPlans = 500;
    private const int MostAtoms = 1 << 18;
    private const int AtomsPerPlan = 200;

    private readonly Dictionary<(PolicyDirection Own, string Key), ExposurePlan> _known = [];
    private readonly NamespaceTable _table = new(sides);

    /// <summary>Namespaces with more than one workload that is asked about: plans are the same within one namespace at most.</summary>
    private readonly HashSet<string> _withSeveral =
        [.. asked.GroupBy(static owner => owner.Namespace!).Where(static owners => owners.Skip(1).Any()).Select(static owners => owners.Key)];

    private readonly Dictionary<PolicyDirection, NamespaceClasses> _classes = [];
    private readonly Dictionary<(string Namespace, string Name), LabelSet> _accounts = sides.SelectMany(static side => side.Snapshot.ServiceAccounts)
        .DistinctBy(static account => account.Reference).ToDictionary(static account => (account.Metadata.Namespace!, account.Name),
            static account => account.Metadata.Labels);

    private readonly HashSet<string> _accountNames =
        [PodSpec.DefaultServiceAccount, .. sides.SelectMany(static side => side.Snapshot.ServiceAccounts).Select(static account => account.Name)];

    private int _plans;
    private int _atoms;

    /// <param name="workloads">The workload in each of the clusters; null where it is not there. It is in one of them.</param>
    /// <param name="direction">Ingress for who may reach it.</param>
    /// <param name="isKept">Whether the plan is kept, so that it may be kept by others at no cost.</param>
    public ExposurePlan Plan(ExposedWorkload?[] workloads, PolicyDirection direction, out bool isKept)
    {
        var own = direction == PolicyDirection.Ingress ? PolicyDirection.Egress : PolicyDirection.Ingress;
        if (!_classes.TryGetValue(own, out var classes))
            _classes.Add(own, classes = new NamespaceClasses(_table, sides, own));

        // One that holds for all tells no pods apart, but says that some may come from everywhere.
        (string Text, LabelPredicate Condition)[][] ofSides = [.. sides.Select((side, s) => workloads[s] is { } workload
            ? side.ConditionsOn(workload, direction).Select(static condition => (Text: PredicateContent.TextOf(condition), condition))
                .DistinctBy(static condition => condition.Text).ToArray()
            : [])];
        LabelPredicate[][] conditions = [.. ofSides.Select(static ofSide => ofSide.Select(static condition => condition.Condition).ToArray())];
        var isIsolated = sides.Zip(workloads).All(pair => pair.Second is not { } workload || pair.First.Isolates(workload, direction));
        var grouping = new NamespaceGrouping(_table, classes, sides, workloads, conditions, isIsolated);

        // Under thousands of policies what workloads would have to have alike is long.
        var isAlone = !_withSeveral.Contains(workloads.OfType<ExposedWorkload>().First().Namespace);
        var key = isAlone ? default
            : (own, grouping.Key(ofSides.SelectMany(static (ofSide, s) => ofSide.Select(condition => $"{s} {condition.Text}"))));
        ExposurePlan? plan = null;
        if (isKept = !isAlone && _known.TryGetValue(key, out plan))
            return plan!;
        plan = new ExposurePlan(_table, grouping, conditions, _accountNames, space => new PodWitness(space, pods, _accounts));
        if (isKept = _plans < FewPlans || _atoms < MostAtoms)
        {
            _plans++;
            _atoms += AtomsPerPlan + plan.Places.Sum(static place => place.Atoms.Count);
            if (!isAlone)
                _known.Add(key, plan);
        }

        return plan;
    }
}
