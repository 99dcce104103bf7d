using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

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

    /// <summary>Of fewer, labels are cut up in the time another thread needs to wake up.</summary>
    private const int FewestConditions = 128;

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
    /// <param name="directions">Ingress for who may reach it.</param>
    /// <returns>A plan for each of the directions, and whether it is kept, so that it may be kept by others at no cost.</returns>
    public (ExposurePlan Plan, bool IsKept)[] Plan(ExposedWorkload?[] workloads, params ReadOnlySpan<PolicyDirection> directions)
    {
        var drafts = new Draft[directions.Length];
        for (var i = 0; i < drafts.Length; i++)
            drafts[i] = Begun(workloads, directions[i]);

        // What takes longest of a large plan has nothing to do with another one.
        ExposurePlan[] news = [.. drafts.Where(static draft => !draft.IsKnown).Select(static draft => draft.Plan)];
        ParallelParts.ForEachPart(
            news.Length,
            plan => news[plan].CutUp(),
            CancellationToken.None,
            isSmall: news.Sum(static plan => plan.ConditionCount) < FewestConditions);
        return Array.ConvertAll(drafts, draft => (draft.Plan, draft.IsKnown || IsKept(draft)));
    }

    private Draft Begun(ExposedWorkload?[] workloads, PolicyDirection direction)
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
        if (!_withSeveral.Contains(workloads.OfType<ExposedWorkload>().First().Namespace))
            return new Draft(new ExposurePlan(_table, grouping, conditions, _accountNames), null);
        var key = (own, grouping.Key(ofSides.SelectMany(static (ofSide, s) => ofSide.Select(condition => $"{s} {condition.Text}"))));
        return _known.TryGetValue(key, out var plan)
            ? new Draft(plan, key) { IsKnown = true }
            : new Draft(new ExposurePlan(_table, grouping, conditions, _accountNames), key);
    }

    /// <summary>Completes a new plan.</summary>
    /// <returns>Whether it is kept.</returns>
    private bool IsKept(Draft draft)
    {
        var plan = draft.Plan;
        plan.MakePods(new PodWitness(plan.Space, pods, _accounts));
        if (_plans >= FewPlans && _atoms >= MostAtoms)
            return false;
        _plans++;
        _atoms += AtomsPerPlan + plan.AtomCount;
        if (draft.Key is { } key)
            _known.Add(key, plan);
        return true;
    }

    /// <param name="Plan">New, or one that is known.</param>
    /// <param name="Key">What it is known by; null where no other workload can have it.</param>
    private sealed record Draft(ExposurePlan Plan, (PolicyDirection Own, string Key)? Key)
    {
        public bool IsKnown { get; init; }
    }
}
