using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Which answers depend on whether a named port of an egress rule means something on pods that an ipBlock of the rule covers. Calico and kube-network-policies
/// look it up on the pod; kube-router and others let nothing through, and so does a map unless told. Immutable.
/// </summary>
internal sealed class NamedPortDoubts
{
    /// <summary>What an answer depends on.</summary>
    public const string Question = "whether a named port of an egress rule is looked up on pods that an ipBlock covers, where network plugins differ";

    private readonly ConcurrentDictionary<int[], int[]> _apart = new(ReferenceEqualityComparer.Instance);

    private NamedPortDoubts(ReachabilityMap otherwise) => Otherwise = otherwise;

    /// <summary>The map of plugins that look names up on these pods.</summary>
    public ReachabilityMap Otherwise { get; }

    /// <summary>Null where no answer can depend on that.</summary>
    public static NamedPortDoubts? Find(ClusterSnapshot snapshot, ReachabilityOptions options)
    {
        if (!options.IPBlockMatchesPods || options.IPBlockPodsHavePortNames || options.NotEnforcedBecause is not null)
            return null;
        return snapshot.NetworkPolicies.Any(static policy => policy.Rules(PolicyDirection.Egress).Any(static rule => HasNames(rule) && HasBlocks(rule)))
            ? new NamedPortDoubts(ReachabilityMap.Compile(snapshot, options with { IPBlockPodsHavePortNames = true }))
            : null;
    }

    /// <summary>Of some endpoints, one of each that names of ports may tell from the others: policies as a map takes them need not.</summary>
    /// <param name="members">Of a group; the same array is remembered.</param>
    public int[] Apart(int[] members) => _apart.GetOrAdd(members, static (all, map) => [.. all.DistinctBy(map.Classes.ClassOf)], Otherwise);

    /// <summary>What to say of an answer that depends on it; null for any other.</summary>
    /// <param name="source">An endpoint.</param>
    /// <param name="destination">Another.</param>
    /// <param name="ports">What the answer says.</param>
    /// <param name="asked">Of ports of the destination, those that count.</param>
    public string? Note(int source, int destination, PortSet ports, Func<PortSet, PortSet> asked)
    {
        var otherwise = asked(Otherwise.Between(source, destination));
        return otherwise.Equals(ports)
            ? null
            : $"depends on {Question}: otherwise {otherwise}";
    }

    private static bool HasNames(NetworkPolicyRule rule) => rule.Ports?.Any(static port => port.Port?.Name is not null) == true;

    private static bool HasBlocks(NetworkPolicyRule rule) => rule.Peers?.Any(static peer => peer.IPBlock is not null) == true;
}
