using NetPolTools.Objects;

namespace NetPolTools.Exposure;

/// <summary>
/// The plans of all workloads that are asked about. Each is made once to know which pods are to be added to the cluster; when lines are told, those of a large
/// cluster are made once more, since all of them together are more than anybody can keep. Not thread safe.
/// </summary>
/// <param name="planner">Makes them.</param>
/// <param name="workloadsOf">The workload by its owner in each of the clusters; null where it is not there.</param>
internal sealed class ExposurePlans(ExposurePlanner planner, Func<ObjectReference, ExposedWorkload?[]> workloadsOf)
{
    private readonly Dictionary<(ObjectReference Owner, PolicyDirection Direction), ExposurePlan> _kept = [];
    private readonly List<ObjectReference> _cut = [];
    private ((ObjectReference Owner, PolicyDirection Direction) Key, ExposurePlan Plan)? _last;

    /// <summary>The workloads of which not all labels of others were looked at, since policies tell too many apart.</summary>
    public IReadOnlyList<ObjectReference> Cut => _cut;

    /// <summary>Plans for both directions of a workload.</summary>
    public void Add(ObjectReference owner)
    {
        var plans = planner.Plan(workloadsOf(owner), PolicyDirection.Ingress, PolicyDirection.Egress);
        if (Array.Exists(plans, static plan => plan.Plan.IsCut))
            _cut.Add(owner);
        if (plans[0].IsKept)
            _kept.Add((owner, PolicyDirection.Ingress), plans[0].Plan);
        if (plans[1].IsKept)
            _kept.Add((owner, PolicyDirection.Egress), plans[1].Plan);
    }

    /// <summary>The plan of one that was added.</summary>
    public ExposurePlan Of(ObjectReference owner, PolicyDirection direction)
    {
        if (_kept.TryGetValue((owner, direction), out var kept))
            return kept;
        if (_last is { } last && last.Key == (owner, direction))
            return last.Plan;
        var plan = planner.Plan(workloadsOf(owner), direction)[0].Plan;
        _last = ((owner, direction), plan);
        return plan;
    }
}
