using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Turns policies into sets once: which pods each isolates, which endpoints each rule speaks of; then into classes of endpoints that behave the
/// same; then into one rule set for each combination of policies that some class is under.
/// </summary>
internal sealed class PolicyCompiler
{
    private readonly EndpointTable _endpoints;
    private readonly PeerResolver _peers;
    private readonly NamedPortIndex _namedPorts;
    private readonly TellingApart _apart = new();
    private readonly PortSetPool _ports = new();
    private readonly CancellationToken _cancellation;

    private PolicyCompiler(ClusterSnapshot snapshot, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _endpoints = EndpointTable.Create(snapshot, AddressPartition.Create(snapshot.NetworkPolicies));
        _peers = new PeerResolver(snapshot, _endpoints);
        _namedPorts = new NamedPortIndex(_endpoints);
    }

    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        var compiler = new PolicyCompiler(snapshot, cancellation);
        IReadOnlyList<NetworkPolicy> inForce = options.Enforcement?.NotEnforcedBecause is null ? snapshot.NetworkPolicies : [];
        var ingress = compiler.Group(inForce, PolicyDirection.Ingress);
        var egress = compiler.Group(inForce, PolicyDirection.Egress);
        var endpoints = compiler._endpoints;
        var classes = EndpointClasses.Refine(endpoints.PodCount, endpoints.Count, compiler._apart.Sets());

        // The directions have nothing to do with each other.
        RuleSet?[] received = [], sent = [];
        Parallel.Invoke(
            () => received = new RuleSetMaker(endpoints, classes, options, cancellation).Make(ingress, PolicyDirection.Ingress),
            () => sent = new RuleSetMaker(endpoints, classes, options, cancellation).Make(egress, PolicyDirection.Egress));
        return new ReachabilityMap(snapshot, options, endpoints, classes, received, sent);
    }

    /// <summary>The policies of a direction, together where they select the very same pods.</summary>
    private List<PolicyGroup> Group(IReadOnlyList<NetworkPolicy> policies, PolicyDirection direction)
    {
        var groups = new List<PolicyGroup>();
        var bySubjects = new Dictionary<IndexSet, PolicyGroup>(ReferenceEqualityComparer.Instance);
        for (var p = 0; p < policies.Count; p++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var policy = policies[p];
            if (!policy.Isolates(direction))
                continue;
            var subjects = _peers.Pods(policy.Metadata.Namespace!, policy.PodSelector);
            if (subjects.IsEmpty)
                continue;
            if (!bySubjects.TryGetValue(subjects, out var group))
            {
                groups.Add(group = new PolicyGroup(subjects));
                bySubjects.Add(subjects, group);
                _apart.Add(subjects);
            }

            group.Policies.Add((p, policy));
            foreach (var rule in policy.Rules(direction))
                Grant(group, policy, rule, direction);
        }

        return groups;
    }

    private void Grant(PolicyGroup group, NetworkPolicy policy, NetworkPolicyRule rule, PolicyDirection direction)
    {
        var peers = PeersOf(policy, rule);
        var names = RulePorts.Names(rule);
        for (var i = 0; i < names.Count; i++)
        {
            var (name, protocol) = names[i];
            if (direction == PolicyDirection.Egress)
            {
                GrantByName(group, peers, name, protocol);
                continue;
            }

            // The destination is the subject: what the name means is known when the subject is.
            foreach (var peer in peers)
                group.Grant(peer, (name, protocol));
            _apart.Add(peers);
            foreach (var (_, pods) in _namedPorts.Groups(name, protocol))
                _apart.Add(pods.And(group.Subjects));
        }

        var numbers = _ports.Intern(RulePorts.Numbers(rule));
        if (numbers.IsEmpty)
            return;
        foreach (var peer in peers)
            group.Grant(peer, numbers);
        _apart.Add(peers);
    }

    /// <summary>
    /// The destination is the peer: splits the peers by what the name means on them. Addresses have no names, nor have pods that are only meant as
    /// addresses of an ipBlock.
    /// </summary>
    private void GrantByName(PolicyGroup group, PeerSet[] peers, string name, Protocol protocol)
    {
        foreach (var (ports, pods) in _namedPorts.Groups(name, protocol))
        {
            PeerSet[] named = [.. peers.Select(peer => _peers.Among(peer, pods))];
            foreach (var peer in named)
                group.Grant(peer, ports);
            _apart.Add(named);
        }
    }

    private PeerSet[] PeersOf(NetworkPolicy policy, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 } peers)
            return [_peers.Everyone];
        var sets = new PeerSet[peers.Count];
        for (var i = 0; i < sets.Length; i++)
            sets[i] = _peers.Peer(policy.Metadata.Namespace!, peers[i]);
        return sets;
    }
}
