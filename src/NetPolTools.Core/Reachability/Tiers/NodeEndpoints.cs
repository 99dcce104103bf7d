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
    private readonly (LabelSet Labels, IndexSet Endpoints)[] _nodes;
    private readonly IndexSet _unknown;

    public NodeEndpoints(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        var nodes = new Dictionary<string, List<int>>();
        var byAddress = new Dictionary<NetAddress, List<List<int>>>();
        var labels = new List<(LabelSet, List<int>)>();
        foreach (var node in snapshot.Nodes)
        {
            var members = new List<int>();
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

        _nodes = [.. labels.Select(static node => (node.Item1, SetOf(node.Item2)))];
        _unknown = SetOf(unknown);
        Addresses = IndexSet.UnionOf([_unknown, .. _nodes.Select(static node => node.Endpoints)]).Slice(endpoints.PodCount, endpoints.Count);
    }

    /// <summary>The ranges that are an address of a node.</summary>
    public IndexSet Addresses { get; }

    /// <summary>Every address of a node that the input mentions.</summary>
    public static IEnumerable<NetAddress> Mentioned(ClusterSnapshot snapshot) =>
        snapshot.Nodes.SelectMany(static node => node.Addresses).Concat(snapshot.Pods.SelectMany(static pod => pod.HostAddresses)).Distinct();

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

    private static IndexSet SetOf(List<int> members)
    {
        var builder = new IndexSet.Builder();
        foreach (var member in members.Distinct().Order())
            builder.Add(member);
        return builder.Build();
    }
}
