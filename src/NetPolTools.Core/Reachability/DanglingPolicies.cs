using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// NetworkPolicies that select no pod of their namespace, such as for a label misspelt or a namespace mistaken. Those that select every pod, whatever its
/// labels, are meant for pods to come.
/// </summary>
internal sealed class DanglingPolicies
{
    /// <summary>At pods of a namespace, before an index of their labels takes less.</summary>
    private const int MostLooks = 1 << 16;

    private readonly EndpointTable _endpoints;
    private readonly Dictionary<string, PodsOfNamespace> _namespaces = [];

    private DanglingPolicies(EndpointTable endpoints)
    {
        _endpoints = endpoints;
    }

    /// <summary>In the order of the snapshot.</summary>
    public static IReadOnlyList<NetworkPolicy> Find(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        var dangling = new DanglingPolicies(endpoints);
        return [.. snapshot.NetworkPolicies.Where(policy => !policy.PodSelector.SelectsEverything && !dangling.SelectsAny(policy))];
    }

    private bool SelectsAny(NetworkPolicy policy)
    {
        if (!_namespaces.TryGetValue(policy.Namespace, out var pods))
            _namespaces.Add(policy.Namespace, pods = new PodsOfNamespace(_endpoints, policy.Namespace));
        return pods.AnyHas(policy.PodSelector);
    }

    private sealed class PodsOfNamespace(EndpointTable endpoints, string ns)
    {
        private readonly (int Start, int End) _pods = endpoints.InNamespace(ns);
        private int _looks;
        private LabelIndex? _labels;

        public bool AnyHas(LabelSelector selector)
        {
            if (_looks > MostLooks)
                return !(_labels ??= new LabelIndex(_pods.End - _pods.Start, i => endpoints[_pods.Start + i].Labels)).Select(selector).IsEmpty;
            for (var pod = _pods.Start; pod < _pods.End; pod++)
            {
                _looks++;
                if (selector.Matches(endpoints[pod].Labels))
                    return true;
            }

            return false;
        }
    }
}
