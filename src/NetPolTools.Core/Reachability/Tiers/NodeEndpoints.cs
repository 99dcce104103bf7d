using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// What stands for each node among the endpoints: its addresses, and the hostNetwork pods on it. A node that only pods mention has labels too, which nobody
/// knows. Immutable.
/// </summary>
internal sealed class NodeEndpoints
{
    /// <summary>The node of what is known to run on, or to be, none of the nodes of the input.</summary>
    public const int NoneOfThem = -1;

    /// <summary>The node of what may be anywhere.</summary>
    public const int Unknown = -2;

    private readonly (LabelSet Labels, IndexSet Endpoints)[] _nodes;
    private readonly IndexSet _unknown;
    private readonly EndpointTable _endpoints;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<NetAddress, int> _numberOfAddress = [];

    public NodeEndpoints(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        _endpoints = endpoints;
        var nodes = new Dictionary<string, List<int>>();
        var byAddress = new Dictionary<NetAddress, List<List<int>>>();
        var labels = new List<(LabelSet, List<int>)>();
        foreach (var node in snapshot.Nodes)
        {
            var members = new List<int>();
            _numbers.TryAdd(node.Name, labels.Count);
            foreach (var address in node.Addresses)
                _numberOfAddress.TryAdd(address, labels.Count);
            labels.Add((node.Metadata.Labels, members));
            nodes.TryAdd(node.Name, members);
            foreach (var address in node.Addresses)
            {
                members.Add(endpoints.IndexOfAddress(address));
                if (!byAddress.TryGetValue(address, out var having))
                    byAddress.Add(address, having = []);
                having.Add(members);
            }
        }

        var unknown = new List<int>();
        foreach (var address in Mentioned(snapshot))
        {
            if (!byAddress.ContainsKey(address))
                unknown.Add(endpoints.IndexOfAddress(address));
        }

        for (var host = endpoints.SelectableCount; host < endpoints.PodCount; host++)
        {
            var found = endpoints[host].Addresses.SelectMany(address => byAddress.GetValueOrDefault(address, [])).ToList();
            if (endpoints[host].Spec.NodeName is { } name && nodes.TryGetValue(name, out var named))
                found.Add(named);
            foreach (var members in found)
                members.Add(host);
            if (found.Count == 0)
                unknown.Add(host);
        }

        _nodes = [.. labels.Select(static node => (node.Item1, IndexSet.Of(node.Item2)))];
        _unknown = IndexSet.Of(unknown);
        Addresses = IndexSet.UnionOf([_unknown, .. _nodes.Select(static node => node.Endpoints)]).Slice(endpoints.PodCount, endpoints.Count);
    }

    /// <summary>The ranges that are an address of a node.</summary>
    public IndexSet Addresses { get; }

    /// <summary>Every address of a node that the input mentions.</summary>
    public static IReadOnlyCollection<NetAddress> Mentioned(ClusterSnapshot snapshot)
    {
        var found = new HashSet<NetAddress>();
        foreach (var node in snapshot.Nodes)
            Add(node.Addresses);
        foreach (var pod in snapshot.Pods)
            Add(pod.HostAddresses);
        return found;

        void Add(IReadOnlyList<NetAddress> addresses)
        {
            for (var i = 0; i < addresses.Count; i++)
                found.Add(addresses[i]);
        }
    }

    /// <summary>What stands for each node.</summary>
    public IEnumerable<IndexSet> Each => _nodes.Select(static node => node.Endpoints);

    /// <summary>The pods that run on each node, and those of which it is not known where they run; none of them use hostNetwork.</summary>
    public IEnumerable<IndexSet> PodsOfEach() =>
        Enumerable.Range(0, _endpoints.SelectableCount).GroupBy(NodeOf).Select(IndexSet.Of);

    /// <summary>The number of the node that runs an endpoint, or that it stands for; or one of the numbers below zero.</summary>
    public int NodeOf(int endpoint)
    {
        if (endpoint >= _endpoints.UnknownPod)
            return Unknown;
        if (endpoint >= _endpoints.PodCount)
        {
            var range = _endpoints.Addresses.Ranges[endpoint - _endpoints.PodCount];
            return range.IsSingle ? _numberOfAddress.GetValueOrDefault(range.FirstAddress, NoneOfThem) : NoneOfThem;
        }

        var pod = _endpoints[endpoint];
        if (pod.Spec.NodeName is { } name)
            return _numbers.GetValueOrDefault(name, NoneOfThem);
        if (pod.NodeAddresses.Count == 0)
            return Unknown;
        foreach (var address in pod.NodeAddresses)
        {
            if (_numberOfAddress.TryGetValue(address, out var number))
                return number;
        }

        return NoneOfThem;
    }

    /// <summary>The nodes that are meant for a subject on one of them.</summary>
    /// <param name="which">By their labels.</param>
    /// <param name="scope">Seen from the subject.</param>
    /// <param name="own">The subject's node.</param>
    public EndpointMatch Find(LabelPredicate which, NodeScope scope, int own)
    {
        var all = Find(which);
        if (scope == NodeScope.Any)
            return all;
        if (own == Unknown)
            return new EndpointMatch(IndexSet.Empty, all.May);

        // A node that the input does not hold may be anybody's.
        var certainly = own >= 0 ? _nodes[own].Endpoints : IndexSet.Empty;
        var perhaps = certainly.Union(_unknown);
        return scope == NodeScope.Own
            ? new EndpointMatch(all.Must.Intersect(certainly), all.May.Intersect(perhaps))
            : new EndpointMatch(all.Must.Except(perhaps), all.May.Except(certainly));
    }

    public EndpointMatch Find(LabelPredicate which)
    {
        var found = new EndpointMatch(IndexSet.UnionOf([.. _nodes.Where(node => Holds(which, node.Labels) == true).Select(static node => node.Endpoints)]));
        return Holds(which, null) switch
        {
            true => found.Union(new EndpointMatch(_unknown)),
            null => found.Union(new EndpointMatch(IndexSet.Empty, _unknown)),
            false => found,
        };
    }

    /// <summary>Null where the labels are not known and decide.</summary>
    private static bool? Holds(LabelPredicate predicate, LabelSet? labels) => predicate switch
    {
        LabelPredicate.AllOf all => all.Parts.Aggregate((bool?)true, (holds, part) => holds & Holds(part, labels)),
        LabelPredicate.AnyOf any => any.Parts.Aggregate((bool?)false, (holds, part) => holds | Holds(part, labels)),
        LabelPredicate.Not not => !Holds(not.Part, labels),
        LabelPredicate.Label label => labels is null ? null : labels.TryGet(label.Key, out var value) && label.Holds(value),
        _ => throw new ArgumentException($"{predicate} is no condition on a node.", nameof(predicate)),
    };
}
