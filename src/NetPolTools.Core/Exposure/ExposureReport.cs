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
    /// <summary>Of fewer labels and policies to be looked at, both directions are told in the time another thread needs to wake up.</summary>
    private const int FewestInParallel = 256;

    private readonly ExposedCluster _cluster;
    private readonly ExposurePlans _plans;
    private readonly ReachabilityMap _map;
    private readonly DirectedExposure _ingress;
    private readonly DirectedExposure _egress;

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
        var side = new ExposureSide(snapshot, options);
        _cluster = new ExposedCluster(endpoints, asked);
        var pods = new PodsToCome();
        _plans = new ExposurePlans(new ExposurePlanner([side], pods, [.. _cluster.Workloads.Keys]), owner => [_cluster.Workloads[owner]]);
        foreach (var owner in _cluster.Workloads.Keys)
        {
            cancellation.ThrowIfCancellationRequested();
            _plans.Add(owner);
        }

        // Lines are told with their reasons, which asks most rules of the workloads once more.
        _map = ReachabilityMap.Compile(pods.AddTo(snapshot), options, keepsPeers: true, cancellation);
        var (toCome, access) = (pods.NumbersIn(_map.Endpoints), withAccess ? new AccessIndex(snapshot) : null);
        _ingress = new DirectedExposure(_map, side, PolicyDirection.Ingress, toCome, access);
        _egress = new DirectedExposure(_map, side, PolicyDirection.Egress, toCome, access);
    }

    /// <summary>The workloads of which not all labels of others were looked at, since policies tell too many apart.</summary>
    internal IReadOnlyList<ObjectReference> Cut => _plans.Cut;

    /// <summary>The cluster with the pods to come.</summary>
    internal ReachabilityMap Map => _map;

    /// <summary>By workload, then who could reach it, then whom it could reach, the widest first.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IEnumerable<ExposureLine> Lines(GroupBy by, CancellationToken cancellation = default) => LinesToExplain(by, int.MaxValue, cancellation);

    /// <summary>The same, which are explained further when somebody asks, and by one thread.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="explained">So many reasons of each line are worked out at once.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal IEnumerable<ExposureLine> LinesToExplain(GroupBy by, int explained, CancellationToken cancellation)
    {
        foreach (var group in EndpointGroup.CreateFor(_map, by, _cluster.Asked(_map.Endpoints)))
        {
            cancellation.ThrowIfCancellationRequested();
            var owner = _map.Endpoints[group.Members[0]].Owner;
            var (ingress, egress) = (_plans.Of(owner, PolicyDirection.Ingress), _plans.Of(owner, PolicyDirection.Egress));
            ExposureLine[] received = [], sent = [];
            ParallelParts.Do(
                ingress.AtomCount + egress.AtomCount + PolicyCount(group) < FewestInParallel,
                () => received = _ingress.LinesOf(group, ingress, explained),
                () => sent = _egress.LinesOf(group, egress, explained));
            foreach (var line in received)
                yield return line;
            foreach (var line in sent)
                yield return line;
        }
    }

    /// <summary>How many NetworkPolicies may be reasons for lines about a group.</summary>
    private int PolicyCount(EndpointGroup group) =>
        (_map.IngressOf(group.Members[0])?.Policies.Count ?? 0) + (_map.EgressOf(group.Members[0])?.Policies.Count ?? 0);
}
