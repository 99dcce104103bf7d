using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Explaining;

/// <summary>
/// Policies that select no pod at all, found by what they lack to select a given one: one label, for those of its namespace, or the namespace alone. Large
/// clusters have thousands of them, so those of other namespaces are looked up by selector.
/// </summary>
internal sealed class NearPolicyIndex
{
    private readonly ILookup<string, NetworkPolicy> _ofNamespaces;
    private readonly ILookup<KeyValuePair<string, string>, Selected> _byLabel;
    private readonly Selected[] _withoutLabel;

    public NearPolicyIndex(ReachabilityMap map)
    {
        var dangling = DanglingPolicies.Find(map.Snapshot, map.Endpoints);
        _ofNamespaces = dangling.ToLookup(static policy => policy.Namespace);
        Selected[] selectors =
        [
            .. dangling.Select(static (policy, position) => (Position: position, Policy: policy))
                .GroupBy(static item => item.Policy.PodSelector.ToString(), StringComparer.Ordinal)
                .Select(static same => new Selected(same.First().Policy.PodSelector, [.. same])),
        ];
        _byLabel = selectors.Where(static selected => selected.Selector.MatchLabels.Count > 0)
            .ToLookup(static selected => selected.Selector.MatchLabels[0]);
        _withoutLabel = [.. selectors.Where(static selected => selected.Selector.MatchLabels.Count == 0)];
    }

    /// <param name="direction">In which the policies isolate.</param>
    /// <param name="pod">One that policies can select.</param>
    /// <param name="most">How many are wanted.</param>
    /// <returns>Those of the pod's namespace first, each part in the order of the input; and how many more there are.</returns>
    public (NearPolicy[] Nearest, int More) Of(PolicyDirection direction, Endpoint pod, int most)
    {
        NearPolicy[] own =
        [
            .. from policy in _ofNamespaces[pod.Namespace]
               where policy.Isolates(direction)
               let lacks = PeerLacks.Of(policy.PodSelector, pod.Labels, "pod").Take(2).ToArray()
               where lacks.Length == 1
               select new NearPolicy(PolicyPlace.Of(policy), lacks),
        ];

        // None of these is of the pod's own namespace: there, it would select the pod.
        Selected[] elsewhere =
        [
            .. pod.Labels.SelectMany(label => _byLabel[label]).Concat(_withoutLabel).Where(selected => selected.Selector.Matches(pod.Labels)),
        ];
        var count = own.Length + elsewhere.Sum(selected => selected.Count(direction));
        NearPolicy[] nearest =
        [
            .. own.Concat(elsewhere.SelectMany(selected => selected.First(direction, most))
                .OrderBy(static item => item.Position)
                .Select(item => new NearPolicy(PolicyPlace.Of(item.Policy), [$"it were in namespace {pod.Namespace}"]))).Take(most),
        ];
        return (nearest, count - nearest.Length);
    }

    /// <summary>Policies with the same selector.</summary>
    private sealed class Selected(LabelSelector selector, (int Position, NetworkPolicy Policy)[] policies)
    {
        private readonly int _ingress = policies.Count(static item => item.Policy.Isolates(PolicyDirection.Ingress));
        private readonly int _egress = policies.Count(static item => item.Policy.Isolates(PolicyDirection.Egress));

        public LabelSelector Selector => selector;

        public int Count(PolicyDirection direction) => direction == PolicyDirection.Ingress ? _ingress : _egress;

        public IEnumerable<(int Position, NetworkPolicy Policy)> First(PolicyDirection direction, int most) =>
            policies.Where(item => item.Policy.Isolates(direction)).Take(most);
    }
}
