using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>Makes the endpoints of a cluster and puts them in order, all processors together.</summary>
internal sealed class EndpointTableBuilder
{
    private const int FewestPods = 2048;

    private readonly ClusterSnapshot _snapshot;
    private readonly CancellationToken _cancellation;
    private readonly OwnerChains _owners;
    private readonly Dictionary<string, IReadOnlyList<NetAddress>> _nodes;
    private readonly Dictionary<string, int> _namespaces;
    private readonly bool _identities;

    public EndpointTableBuilder(ClusterSnapshot snapshot, CancellationToken cancellation)
    {
        _snapshot = snapshot;
        _cancellation = cancellation;
        _owners = new OwnerChains(snapshot.Workloads);
        _nodes = snapshot.Nodes.Where(static node => !node.Metadata.IsNameGenerated).ToDictionary(static node => node.Name, static node => node.Addresses);
        _namespaces = new Dictionary<string, int>(snapshot.Namespaces.Count);
        for (var i = 0; i < snapshot.Namespaces.Count; i++)
            _namespaces.Add(snapshot.Namespaces[i].Name, i);
        _identities = snapshot.Workloads.Any(static workload => workload.Kind == Workload.StatefulSet) && PodsOfTemplate.AreToldApart(snapshot.NetworkPolicies);
    }

    public EndpointTable Make(AddressPartition addresses, IReadOnlyList<NamedEnd> named)
    {
        var endpoints = Endpoints();
        var order = ByNamespace(endpoints);
        SortWithinNamespaces(endpoints, order);
        var sorted = new Endpoint[endpoints.Length];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = endpoints[order.Items[i]];
        var starts = new int[_namespaces.Count + 1];
        for (var ns = 0; ns < starts.Length; ns++)
            starts[ns] = order.StartOf(ns);
        return new EndpointTable(sorted, _namespaces, starts, addresses, named);
    }

    /// <summary>Pods in the order of the snapshot, then templates.</summary>
    private Endpoint[] Endpoints()
    {
        Pod[] pods = [.. _snapshot.Pods.Where(static pod => !pod.IsFinished)];
        var running = new Endpoint[pods.Length];
        var bounds = ParallelParts.Bounds(pods.Length, FewestPods);
        var passed = new HashSet<ObjectReference>?[bounds.Length - 1];
        ParallelParts.ForEachPart(
            passed.Length,
            part =>
            {
                passed[part] = _snapshot.Workloads.Count == 0 ? null : [];
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    running[i] = FromPod(pods[i], passed[part]);
            },
            _cancellation);

        // A template stands for its pods where none of them is in the input: policies are about what may run.
        foreach (var some in passed)
            _owners.HavePods(some ?? []);
        return
        [
            .. running,
            .. Templates().SelectMany(workload => PodsOfTemplate.Of(workload, _identities).Select(pod =>
                new Endpoint(workload.Metadata.Namespace!, pod.Name, _owners.OwnerOf(workload), pod.Labels, workload.Template))),
        ];
    }

    /// <summary>The workloads that stand for pods themselves.</summary>
    private IEnumerable<Workload> Templates()
    {
        // Between a Knative Service and its pods are objects that mostly are not in the input.
        var served = new Lazy<HashSet<(string, string)>>(() => [.. _snapshot.Pods.Where(static pod => !pod.IsFinished)
            .Select(static pod => (pod.Metadata.Namespace!, pod.Metadata.Labels.TryGet(ControllerLabels.KnativeService, out var name) ? name : ""))]);
        return _snapshot.Workloads.Where(workload => !workload.IsFinished && _owners.IsWithoutPods(workload)
            && !(workload.Kind == Service.KindName && served.Value.Contains((workload.Metadata.Namespace!, workload.Name))));
    }

    private Endpoint FromPod(Pod pod, HashSet<ObjectReference>? passed)
    {
        var nodeAddresses = pod.Spec.NodeName is { } name && _nodes.TryGetValue(name, out var known)
            ? [.. pod.HostAddresses.Union(known)]
            : pod.HostAddresses;
        return new Endpoint(pod.Metadata.Namespace!, pod.Name, _owners.OwnerOf(pod, passed), pod.Metadata.Labels, pod.Spec)
        {
            Addresses = pod.Spec.HostNetwork ? nodeAddresses : pod.Addresses,
            NodeAddresses = nodeAddresses,
            IsReady = pod.IsReady,
        };
    }

    /// <summary>hostNetwork pods last; then by namespace, whose names are in order in the snapshot.</summary>
    /// <returns>Positions of endpoints: a group for the selectable pods of each namespace, then one for the hostNetwork pods of each.</returns>
    private GroupedArray<int> ByNamespace(Endpoint[] endpoints)
    {
        var numbers = new int[endpoints.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = _namespaces[endpoints[i].Namespace] + (endpoints[i].IsHostNetwork ? _namespaces.Count : 0);
        var order = new GroupedArray<int>(2 * _namespaces.Count);
        foreach (var pass in order.Filling)
        {
            for (var i = 0; i < numbers.Length; i++)
                pass.Add(numbers[i], i);
        }

        return order;
    }

    /// <summary>By workload and name; what has no name of its own as it came.</summary>
    private void SortWithinNamespaces(Endpoint[] endpoints, GroupedArray<int> order)
    {
        var parts = Math.Max(1, Math.Min(ParallelParts.Parts(endpoints.Length, FewestPods), order.Count));
        Comparison<int> comparison = Compare;
        ParallelParts.ForEachPart(
            parts,
            part =>
            {
                for (var ns = Bound(part); ns < Bound(part + 1); ns++)
                {
                    var within = order[ns];
                    if (!IsSorted(within, comparison))
                        within.Sort(comparison);
                }
            },
            _cancellation);

        int Bound(int part) => (int)((long)order.Count * part / parts);

        int Compare(int a, int b)
        {
            var (first, second) = (endpoints[a], endpoints[b]);
            var by = string.CompareOrdinal(first.Owner.Name, second.Owner.Name);
            if (by == 0)
                by = string.CompareOrdinal(first.Owner.Kind, second.Owner.Kind);
            if (by == 0)
                by = string.CompareOrdinal(first.PodName, second.PodName);
            return by != 0 ? by : a.CompareTo(b);
        }
    }

    // Inputs are mostly in order already, as kubectl gives them.
    private static bool IsSorted(ReadOnlySpan<int> order, Comparison<int> comparison)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (comparison(order[i - 1], order[i]) > 0)
                return false;
        }

        return true;
    }
}
