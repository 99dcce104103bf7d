using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Inference;

/// <summary>Finds the ends of traffic in a cluster by kind and name, or by address. Thread safe.</summary>
public sealed class EndDirectory
{
    private readonly Dictionary<(string Kind, string Namespace, string Name), List<int>> _members = [];
    private readonly Dictionary<(string Namespace, string Name), List<ObjectReference>> _workloads = [];
    private readonly Dictionary<NetAddress, int> _byAddress = [];
    private readonly ConcurrentDictionary<ConnectionEnd, TrafficEnd> _ends = [];
    private readonly HashSet<string> _namespaces;

    public EndDirectory(ClusterSnapshot snapshot)
    {
        Snapshot = snapshot;
        Endpoints = EndpointTable.Create(snapshot, AddressPartition.Create([]));
        _namespaces = [.. snapshot.Namespaces.Select(static ns => ns.Name)];
        for (var i = 0; i < Endpoints.PodCount; i++)
        {
            var endpoint = Endpoints[i];
            Add(endpoint.Owner, i);
            if (endpoint.PodName is { } pod && endpoint.Owner.Kind != Pod.KindName)
                Add(new ObjectReference(Pod.KindName, endpoint.Namespace, pod), i);
            foreach (var address in endpoint.IsHostNetwork ? [] : endpoint.Addresses)
                _byAddress.TryAdd(address, i);
        }
    }

    public ClusterSnapshot Snapshot { get; }

    internal EndpointTable Endpoints { get; }

    /// <summary>The end a listing names so; null where the cluster has none.</summary>
    /// <exception cref="FormatException">Its addresses are none.</exception>
    public TrafficEnd? Find(ConnectionEnd name)
    {
        if (_ends.TryGetValue(name, out var known))
            return known;
        return Make(name) is { } end ? _ends.GetOrAdd(name, end) : null;
    }

    /// <summary>The end that stands for all pods of the workload that a pod belongs to.</summary>
    internal TrafficEnd WorkloadOf(int endpoint)
    {
        var owner = Endpoints[endpoint].Owner;
        return Find(ConnectionEnd.InCluster(owner.Namespace!, owner.Name, owner.Kind))!;
    }

    /// <summary>The numbers of all pods of an end, those on the host network too; none for addresses.</summary>
    internal IReadOnlyList<int> MembersOf(TrafficEnd end)
    {
        if (end.WholeNamespace is { } ns)
            return [.. Enumerable.Range(0, Endpoints.PodCount).Where(pod => Endpoints[pod].Namespace == ns)];
        return end.Name.Kind is { } kind && _members.TryGetValue((kind, end.Name.Namespace!, end.Name.Name!), out var members) ? members : [];
    }

    /// <summary>The number of the pod that has this address, and not its node's; null where none is known to.</summary>
    internal int? PodAt(NetAddress address) => _byAddress.TryGetValue(address, out var endpoint) ? endpoint : null;

    /// <summary>The number of a pod or of a pod of a workload; null where the cluster has none.</summary>
    internal int? FirstOf(string kind, string ns, string name) => _members.TryGetValue((kind, ns, name), out var members) ? members[0] : null;

    /// <summary>The number of a pod of the only workload of this name, whatever its kind; null for none or several.</summary>
    internal int? FirstOfWorkload(string ns, string name) =>
        _workloads.TryGetValue((ns, name), out var found) && found.Count == 1 ? FirstOf(found[0].Kind, ns, name) : null;

    private void Add(ObjectReference reference, int endpoint)
    {
        var members = CollectionsMarshal.GetValueRefOrAddDefault(_members, (reference.Kind, reference.Namespace!, reference.Name), out _) ??= [];
        members.Add(endpoint);
        if (reference.Kind == Pod.KindName)
            return;
        var workloads = CollectionsMarshal.GetValueRefOrAddDefault(_workloads, (reference.Namespace!, reference.Name), out _) ??= [];
        if (!workloads.Contains(reference))
            workloads.Add(reference);
    }

    private TrafficEnd? Make(ConnectionEnd name)
    {
        if (name.Addresses is { } addresses)
            return new TrafficEnd(name) { Addresses = [.. addresses.Split(',', StringSplitOptions.TrimEntries).Select(Parse)] };
        if (name == ConnectionEnd.IngressController)
            return new TrafficEnd(name) { NotSelectable = "it is not in the input, and neither its namespace nor its labels are known" };
        if (name.Kind is ConnectionEnd.EntityKind or ConnectionEnd.DomainKind)
            return Named(name);
        if (name.Kind == Namespace.KindName)
            return _namespaces.Contains(name.Name!) ? new TrafficEnd(name) { WholeNamespace = name.Name } : null;
        if (!_members.TryGetValue((name.Kind!, name.Namespace!, name.Name!), out var members))
            return null;

        var pods = new IndexSet.Builder();
        foreach (var member in members)
        {
            if (member < Endpoints.SelectableCount)
                pods.Add(member);
        }

        return new TrafficEnd(name)
        {
            Pods = pods.Build(),
            NotSelectable = members[^1] >= Endpoints.SelectableCount
                ? "it uses hostNetwork: policies see it as the address of its node, and selectors never pick it"
                : null,
            OwnNodes = members.SelectMany(member => Endpoints[member].NodeAddresses).ToHashSet(),
        };
    }

    /// <summary>An end that a policy of a plugin's own may name, and a NetworkPolicy only by its addresses.</summary>
    private TrafficEnd Named(ConnectionEnd name)
    {
        NetAddress[] known = name.Name == CiliumEntities.KubeApiServer
            ? [.. ApiServerEndpoints.In(Snapshot).SelectMany(static subset => subset.Addresses).Select(static found => found.Address).OfType<NetAddress>()
                .Distinct()]
            : [];
        return known.Length > 0
            ? new TrafficEnd(name) { Addresses = [.. known.Select(AddressRange.Of)] }
            : new TrafficEnd(name)
            {
                NotSelectable = "a NetworkPolicy has no word for it, and the input does not tell its addresses; a policy of Cilium may name it",
            };
    }

    private static AddressRange Parse(string text) =>
        AddressRange.TryParse(text, out var range) ? range : throw new FormatException($"'{text}' is no address, CIDR block or range of addresses.");
}
