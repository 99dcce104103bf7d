using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Which answers depend on labels of namespaces that the input does not hold: those that differ between policies whose selectors of labels match none of
/// these namespaces and policies whose selectors match all of them. Immutable.
/// </summary>
internal sealed class NamespaceDoubts
{
    private readonly ReachabilityMap _map;

    private NamespaceDoubts(ReachabilityMap map, ReachabilityMap least, ReachabilityMap most, ReachabilityMap? open, IReadOnlyList<string> namespaces)
    {
        _map = map;
        Least = least;
        Most = most;
        Open = open;
        Note = $"depends on labels of {(namespaces.Count == 1 ? $"namespace {namespaces[0]}" : $"namespaces {string.Join(", ", namespaces)}")}, "
            + "which the input does not hold";
    }

    /// <summary>As if no selector of labels matched those namespaces. Endpoints have the same numbers.</summary>
    public ReachabilityMap Least { get; }

    /// <summary>As if every selector of labels matched them.</summary>
    public ReachabilityMap Most { get; }

    /// <summary>
    /// As the map itself, but for policies of other kinds: what they say by labels of those namespaces is undetermined. More matches do not mean that more is
    /// allowed where rules deny. Null where no such policy goes by labels of namespaces.
    /// </summary>
    public ReachabilityMap? Open { get; }

    /// <summary>For answers that depend on them.</summary>
    public string Note { get; }

    /// <summary>Null where no answer can depend on such labels.</summary>
    public static NamespaceDoubts? Find(ReachabilityMap map)
    {
        var (snapshot, options) = (map.Snapshot, map.Options);
        var unknown = snapshot.NamespacesWithoutLabels;
        if (unknown.Count == 0 || !options.NamespacesOfUnknownLabels.IsEmpty)
            return null;
        var doGrantsGoByLabels = snapshot.NetworkPolicies.Any(GoesByLabels);
        var doTiersGoByLabels = map.Stack.Policies.SelectMany(TermContent.TermsOf).Any(TermContent.GoesByLabelsOfNamespaces);
        if (!doGrantsGoByLabels && !doTiersGoByLabels)
            return null;
        return new NamespaceDoubts(
            map,
            doGrantsGoByLabels ? Under(policy => Changed(policy, peer => [WithoutThem(peer, unknown)])) : map,
            doGrantsGoByLabels ? Under(policy => Changed(policy, peer => [peer, WithAll(peer, unknown)])) : map,
            doTiersGoByLabels ? ReachabilityMap.Compile(snapshot, options with { NamespacesOfUnknownLabels = [.. unknown] }) : null,
            unknown);

        ReachabilityMap Under(Func<NetworkPolicy, NetworkPolicy> change) =>
            ReachabilityMap.Compile(snapshot.WithOnly([.. snapshot.NetworkPolicies.Select(policy => GoesByLabels(policy) ? change(policy) : policy)]), options);
    }

    public bool Concern(int source, int destination, PortSet asked) =>
        !Least.Between(source, destination).Intersect(asked).Equals(Most.Between(source, destination).Intersect(asked))
        || (Open is not null && !_map.Undetermined(source, destination).Covers(Open.Undetermined(source, destination).Intersect(asked)));

    private static bool GoesByLabels(NetworkPolicy policy) => policy.HasNamespaceSelector(static selector => selector.AsksForLabelsOfNamespaces);

    private static NetworkPolicy Changed(NetworkPolicy policy, Func<NetworkPolicyPeer, IEnumerable<NetworkPolicyPeer>> change)
    {
        return policy with { Ingress = Rules(policy.Ingress), Egress = Rules(policy.Egress) };

        NetworkPolicyRule[]? Rules(IReadOnlyList<NetworkPolicyRule>? rules) => rules?.Select(rule => rule with
        {
            Peers = rule.Peers?.SelectMany(peer => peer.NamespaceSelector?.AsksForLabelsOfNamespaces == true ? change(peer) : [peer]).ToArray(),
        }).ToArray();
    }

    private static NetworkPolicyPeer WithoutThem(NetworkPolicyPeer peer, IReadOnlyList<string> namespaces) => peer with
    {
        NamespaceSelector = peer.NamespaceSelector! with
        {
            MatchExpressions = [.. peer.NamespaceSelector.MatchExpressions, ByName(LabelSelectorRequirement.NotIn, namespaces)],
        },
    };

    /// <summary>What it says of names holds all the same.</summary>
    private static NetworkPolicyPeer WithAll(NetworkPolicyPeer peer, IReadOnlyList<string> namespaces) => peer with
    {
        NamespaceSelector = new LabelSelector
        {
            MatchLabels = [.. peer.NamespaceSelector!.MatchLabels.Where(static label => label.Key == Namespace.NameLabel)],
            MatchExpressions =
            [
                .. peer.NamespaceSelector.MatchExpressions.Where(static requirement => requirement.Key == Namespace.NameLabel),
                ByName(LabelSelectorRequirement.In, namespaces),
            ],
        },
    };

    private static LabelSelectorRequirement ByName(string @operator, IReadOnlyList<string> namespaces) => new(Namespace.NameLabel, @operator, namespaces);
}
