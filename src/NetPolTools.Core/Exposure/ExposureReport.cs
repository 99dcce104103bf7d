using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Exposure;

/// <summary>
/// Tells which pods that do not exist yet could reach workloads, and which these could reach. Such pods are added to the cluster, one of each kind that
/// policies tell apart, and the engine is asked about them as about any other pod.
/// </summary>
public sealed class ExposureReport
{
    private readonly ExposedCluster _cluster;
    private readonly ExposurePlans _plans;
    private readonly ExposureSide _side;
    private readonly ReachabilityMap _map;
    private readonly int[] _toCome;
    private readonly Explainer _explainer;
    private readonly OutsideExposure _outside;
    private readonly AccessIndex? _access;
    private (string? Namespace, Dictionary<(ExposurePlan Plan, string Classes), IReadOnlyList<FoundExposure>> Known) _merged = (null, []);

    /// <param name="snapshot">The cluster.</param>
    /// <param name="options">How its policies are evaluated.</param>
    /// <param name="endpoints">Of the cluster.</param>
    /// <param name="asked">Whether a pod is asked about.</param>
    /// <param name="withAccess">Whether to tell who may create such pods.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal ExposureReport(
        ClusterSnapshot snapshot,
        ReachabilityOptions options,
        EndpointTable endpoints,
        Func<Endpoint, bool> asked,
        bool withAccess = false,
        CancellationToken cancellation = default)
    {
        _access = withAccess ? new AccessIndex(snapshot) : null;
        _side = new ExposureSide(snapshot, options);
        _cluster = new ExposedCluster(endpoints, asked);
        var pods = new PodsToCome();
        _plans = new ExposurePlans(new ExposurePlanner([_side], pods, [.. _cluster.Workloads.Keys]), owner => [_cluster.Workloads[owner]]);
        foreach (var owner in _cluster.Workloads.Keys)
        {
            cancellation.ThrowIfCancellationRequested();
            _plans.Add(owner);
        }

        _map = ReachabilityMap.Compile(pods.AddTo(snapshot), options, cancellation);
        _toCome = pods.NumbersIn(_map.Endpoints);
        _explainer = new Explainer(_map, withNearMisses: false);
        _outside = new OutsideExposure(_map);
    }

    /// <summary>The workloads of which not all labels of others were looked at, since policies tell too many apart.</summary>
    internal IReadOnlyList<ObjectReference> Cut => _plans.Cut;

    /// <summary>The cluster with the pods to come.</summary>
    internal ReachabilityMap Map => _map;

    /// <summary>By workload, then who could reach it, then whom it could reach, the widest first.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IEnumerable<ExposureLine> Lines(GroupBy by, CancellationToken cancellation = default)
    {
        foreach (var line in LinesToExplain(by, cancellation))
        {
            // Afterwards they may be read by several threads.
            _ = line.Why.All;
            yield return line;
        }
    }

    /// <summary>The same, which are explained when somebody asks, and by one thread.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal IEnumerable<ExposureLine> LinesToExplain(GroupBy by, CancellationToken cancellation)
    {
        foreach (var group in EndpointGroup.CreateFor(_map, by, _cluster.Asked(_map.Endpoints)))
        {
            foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var line in Lines(group, direction))
                    yield return line;
            }
        }
    }

    private IEnumerable<ExposureLine> Lines(EndpointGroup group, PolicyDirection direction)
    {
        foreach (var found in Merged(group, direction))
        {
            var line = found.ToLine(group.End, direction) with { Why = ReasonsOf(group, direction, NumberOf(found.Example), found.Value) };
            yield return _access is null ? line : line with { Access = AccessTo(found) };
        }

        foreach (var (addresses, example, value) in _outside.Of(group, direction))
        {
            yield return ExposureLine.OfOutside(group.End, direction, addresses, value) with { Why = ReasonsOf(group, direction, example, value) };
        }
    }

    /// <summary>The same for all groups of the same classes that have one plan, which are those of one namespace at most.</summary>
    private IReadOnlyList<FoundExposure> Merged(EndpointGroup group, PolicyDirection direction)
    {
        var plan = _plans.Of(_map.Endpoints[group.Members[0]].Owner, direction);
        if (_merged.Namespace != group.End.Namespace)
            _merged = (group.End.Namespace, []);
        var key = (plan, string.Join(',', group.Classes));
        if (!_merged.Known.TryGetValue(key, out var found))
        {
            var lines = new ExposureLines(plan, name => _side.NamespaceOf(name)!.Metadata.Labels);
            _merged.Known.Add(key, found = lines.Merge(atom => ExposedCluster.ValueOf(_map, group, direction, NumberOf(atom))));
        }

        return found;
    }

    /// <summary>Who may make such a pod: create it, label one, or label its namespace.</summary>
    private ExposureAccess[] AccessTo(FoundExposure found) =>
    [
        .. _access!.OfPods(found.Existing, byLabels: found.PodSelector.Length > 0),
        .. found.NamespaceSelector.Length > 0 ? _access.OfNamespaceLabels() : [],
    ];

    private int NumberOf(PlacedAtom atom) => _toCome[atom.Position];

    private ExposureReasons ReasonsOf(EndpointGroup group, PolicyDirection direction, int other, ExposureValue value) =>
        ExposureReason.Of(_map, _explainer, group, direction, other, value);
}
