using NetPolTools.Authoring;
using NetPolTools.Authoring.Selecting;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Repairing;

/// <summary>Writes ends of a cluster as peers and as subjects of policies.</summary>
/// <param name="map">Of the cluster.</param>
internal sealed class RepairPeers(ReachabilityMap map)
{
    private readonly Dictionary<string, (LabelClasses Classes, SelectorChooser Chooser)> _namespaces = [];

    /// <summary>Selectors of pods of one namespace, no others but such with the same labels.</summary>
    public IReadOnlyList<LabelSelector> Selectors(IndexSet pods)
    {
        var (classes, chooser) = Of(map.Endpoints[pods.First].Namespace);
        var wanted = new List<int>();
        foreach (var pod in pods)
            wanted.Add(classes.Of(pod));
        return [.. chooser.Cover(IndexSet.Of(wanted)).Select(static chosen => chosen.Selector)];
    }

    /// <summary>Ends as peers; null where rules have no form for one of them.</summary>
    /// <param name="ends">Which.</param>
    /// <param name="policyNamespace">Of the policy, whose own pods need no namespaceSelector.</param>
    /// <param name="blocks">The blocks that addresses among them were asked about as; empty for none.</param>
    public IReadOnlyList<NetworkPolicyPeer>? Peers(IndexSet ends, string policyNamespace, IReadOnlyList<string> blocks)
    {
        var endpoints = map.Endpoints;
        var hasAddresses = false;
        var byNamespace = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var end in ends)
        {
            if (end < endpoints.SelectableCount)
            {
                var ns = endpoints[end].Namespace;
                if (!byNamespace.TryGetValue(ns, out var pods))
                    byNamespace.Add(ns, pods = []);
                pods.Add(end);
            }
            else if (end < endpoints.PodCount || end >= endpoints.UnknownPod)
            {
                return null;
            }
            else
            {
                hasAddresses = true;
            }
        }

        if (hasAddresses && blocks.Count == 0)
            return null;
        return
        [
            .. byNamespace.SelectMany(pods => Selectors(IndexSet.Of(pods.Value)).Select(selector => new NetworkPolicyPeer
            {
                NamespaceSelector = pods.Key == policyNamespace ? null : NamespaceSelectors.Named(pods.Key),
                PodSelector = selector,
            })),
            .. hasAddresses ? blocks.Select(static block => new NetworkPolicyPeer { IPBlock = new IPBlock(block, []) }) : [],
        ];
    }

    private (LabelClasses Classes, SelectorChooser Chooser) Of(string ns)
    {
        if (!_namespaces.TryGetValue(ns, out var known))
        {
            var classes = new LabelClasses(ns, map.Endpoints);
            _namespaces.Add(ns, known = (classes, new SelectorChooser(classes)));
        }

        return known;
    }
}
