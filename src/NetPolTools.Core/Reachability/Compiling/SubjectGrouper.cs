using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Puts policies together that select the very same pods in one direction, and resolves their rules. Policies of one namespace go to one grouper, in the
/// order of the snapshot.
/// </summary>
internal sealed class SubjectGrouper(
    PeerResolver peers, NamedPortIndex namedPorts, TrafficScope traffic, PolicyDirection direction, ReachabilityOptions options)
{
    private readonly Dictionary<IndexSet, SubjectGroup> _bySubjects = new(ReferenceEqualityComparer.Instance);
    private readonly List<SubjectGroup> _groups = [];
    private readonly PortSetPool _ports = new();

    /// <summary>In the order of the first policy of each.</summary>
    public IReadOnlyList<SubjectGroup> Groups => _groups;

    /// <summary>The sets by which classes have to be split.</summary>
    public ClassSplitters Splitters { get; } = new();

    /// <param name="position">In the snapshot.</param>
    /// <param name="policy">Valid.</param>
    /// <param name="ns">The position of its namespace in the snapshot.</param>
    public void Add(int position, NetworkPolicy policy, int ns)
    {
        if (!policy.Isolates(direction))
            return;
        var subjects = peers.Pods(ns, policy.PodSelector);
        if (subjects.IsEmpty)
            return;
        if (!_bySubjects.TryGetValue(subjects, out var group))
        {
            _groups.Add(group = new SubjectGroup(subjects, options.IPBlockMatchesPods));
            _bySubjects.Add(subjects, group);
            Splitters.Add(subjects);
        }

        group.Add(position, policy);
        var rules = policy.Rules(direction);
        for (var i = 0; i < rules.Count; i++)
            AddGrants(group, peers.PeersOf(ns, rules[i]), rules[i]);
    }

    private void AddGrants(SubjectGroup group, PeerSet[] to, NetworkPolicyRule rule)
    {
        var names = RulePorts.Names(rule);
        for (var i = 0; i < names.Count; i++)
        {
            var (name, protocol) = names[i];
            if (direction == PolicyDirection.Egress)
            {
                AddGrantsByName(group, to, name, protocol);
                continue;
            }

            // The destination is the subject: what the name means is known when the subject is.
            foreach (var peer in to)
                group.AddGrant(peer, (name, protocol));
            Splitters.Add(to);
            foreach (var (_, pods) in namedPorts.Groups(name, protocol))
                Splitters.Add(peers.Both(pods, group.Subjects));
        }

        var numbers = RulePorts.Numbers(rule, traffic, _ports);
        if (numbers.IsEmpty)
            return;
        foreach (var peer in to)
            group.AddGrant(peer, numbers);
        Splitters.Add(to);
    }

    /// <summary>
    /// The destination is the peer: splits the peers by what the name means on them. Addresses have no names, nor have pods that are only meant as
    /// addresses of an ipBlock, unless the options say so.
    /// </summary>
    private void AddGrantsByName(SubjectGroup group, PeerSet[] to, string name, Protocol protocol)
    {
        foreach (var (ports, pods) in namedPorts.Groups(name, protocol))
        {
            var named = Array.ConvertAll(to, peer => peers.Among(peer, pods, options.IPBlockPodsHavePortNames));
            foreach (var peer in named)
                group.AddGrant(peer, ports);
            Splitters.Add(named);
        }
    }
}
