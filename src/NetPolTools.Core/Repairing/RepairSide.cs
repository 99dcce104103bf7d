using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Repairing;

/// <summary>What is to be repaired in one direction.</summary>
/// <param name="Map">Of the cluster.</param>
/// <param name="Direction">Of the subjects' rules.</param>
/// <param name="Subjects">Pods of one namespace whose rules decide, by their numbers.</param>
/// <param name="Peers">The other end.</param>
/// <param name="Ports">The ports asked about.</param>
internal sealed record RepairSide(ReachabilityMap Map, PolicyDirection Direction, IndexSet Subjects, IndexSet Peers, PortSet Ports)
{
    public string Namespace => Map.Endpoints[Subjects.First].Namespace;

    public string Field => Direction == PolicyDirection.Ingress ? "ingress" : "egress";

    public string PeerField => Direction == PolicyDirection.Ingress ? "from" : "to";

    /// <summary>The policies that isolate every subject in the direction.</summary>
    public IEnumerable<NetworkPolicy> PoliciesOfAll() => Policies().Where(policy =>
    {
        foreach (var subject in Subjects)
        {
            if (!policy.PodSelector.Matches(Map.Endpoints[subject].Labels))
                return false;
        }

        return true;
    });

    /// <summary>The policies that isolate any subject in the direction.</summary>
    public IEnumerable<NetworkPolicy> Policies()
    {
        var classes = new HashSet<int>();
        foreach (var subject in Subjects)
            classes.Add(Map.Classes.ClassOf(subject));
        return classes.Select(c => Map.RulesOf(Direction, c)).OfType<RuleSet>()
            .SelectMany(static ruleSet => ruleSet.Policies).Distinct();
    }

    /// <summary>The ends that a peer of a rule matches, as far as it does in this cluster.</summary>
    public IReadOnlyList<IndexSet> PeersOf(NetworkPolicy policy, NetworkPolicyRule rule) =>
    [
        .. Map.Peers.PeersOf(Map.Endpoints.NumberOfNamespace(policy.Namespace), rule)
            .Select(set => Map.Options.IPBlockMatchesPods ? set.Certain.Union(set.PodsInBlock) : set.Certain),
    ];

    /// <summary>The ports that a rule allows between subjects and peers; names are looked up on a pod that is the destination.</summary>
    public PortSet PortsOf(NetworkPolicyRule rule)
    {
        var destination = Direction == PolicyDirection.Ingress ? Subjects.First : Peers.First;
        return RulePorts.Resolve(rule, Map.Traffic, destination < Map.Endpoints.PodCount ? Map.Endpoints[destination] : null);
    }
}
