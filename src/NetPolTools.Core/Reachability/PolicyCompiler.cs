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
    private readonly ReachabilityOptions _options;
    private readonly PortSetPool _ports = new();
    private readonly CancellationToken _cancellation;

    private PolicyCompiler(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _endpoints = EndpointTable.Create(snapshot, AddressPartition.Create(snapshot.NetworkPolicies));
        _peers = new PeerResolver(snapshot, _endpoints);
        _namedPorts = new NamedPortIndex(_endpoints);
    }

    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        var compiler = new PolicyCompiler(snapshot, options, cancellation);
        IReadOnlyList<NetworkPolicy> inForce = options.Enforcement?.NotEnforcedBecause is null ? snapshot.NetworkPolicies : [];
        var ingress = compiler.CompileDirection(inForce, PolicyDirection.Ingress);
        var egress = compiler.CompileDirection(inForce, PolicyDirection.Egress);
        var classes = EndpointClasses.Refine(
            compiler._endpoints.PodCount, compiler._endpoints.Count, ingress.Concat(egress).SelectMany(compiler.TellingApart).Distinct());
        return new ReachabilityMap(
            snapshot,
            options,
            compiler._endpoints,
            classes,
            compiler.MakeRuleSets(ingress, PolicyDirection.Ingress, classes),
            compiler.MakeRuleSets(egress, PolicyDirection.Egress, classes));
    }

    private List<CompiledPolicy> CompileDirection(IReadOnlyList<NetworkPolicy> policies, PolicyDirection direction)
    {
        var compiled = new List<CompiledPolicy>();
        foreach (var policy in policies)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!policy.Isolates(direction))
                continue;
            var subjects = _peers.Pods(policy.Metadata.Namespace!, policy.PodSelector);
            if (!subjects.IsEmpty)
                compiled.Add(new CompiledPolicy(policy, subjects, [.. policy.Rules(direction).SelectMany(rule => CompileRule(policy, rule, direction))]));
        }

        return compiled;
    }

    private IEnumerable<CompiledRule> CompileRule(NetworkPolicy policy, NetworkPolicyRule rule, PolicyDirection direction)
    {
        var peers = PeersOf(policy, rule);
        foreach (var (name, protocol) in RulePorts.Names(rule))
        {
            if (direction == PolicyDirection.Ingress)
            {
                // The destination is the subject: what the name means is known when the subject is.
                yield return new CompiledRule(peers, PortSet.None, (name, protocol));
                continue;
            }

            // The destination is the peer: split the peers by what the name means on them. Addresses have no names, nor have pods that are
            // only meant as addresses of an ipBlock.
            foreach (var (ports, pods) in _namedPorts.Groups(name, protocol))
                yield return new CompiledRule(new PeerSet(peers.Certain.And(pods)), _ports.Intern(ports), null);
        }

        var numbers = RulePorts.Numbers(rule);
        if (!numbers.IsEmpty)
            yield return new CompiledRule(peers, _ports.Intern(numbers), null);
    }

    private PeerSet PeersOf(NetworkPolicy policy, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 })
            return _peers.Everyone;
        var sets = rule.Peers.Select(peer => _peers.Peer(policy.Metadata.Namespace!, peer)).ToArray();
        return sets.Length == 1 ? sets[0] : sets.Aggregate(static (a, b) => a.Or(b));
    }

    /// <summary>The sets whose members a policy treats differently from others.</summary>
    private IEnumerable<IndexSet> TellingApart(CompiledPolicy policy)
    {
        yield return policy.Subjects;
        foreach (var rule in policy.Rules)
        {
            yield return rule.Peers.Certain;
            if (rule.Peers.PodsInBlock is { } inBlock)
                yield return inBlock;
            if (rule.SubjectPort is not { } named)
                continue;
            foreach (var (_, pods) in _namedPorts.Groups(named.Name, named.Protocol))
                yield return pods.And(policy.Subjects);
        }
    }

    private RuleSet?[] MakeRuleSets(List<CompiledPolicy> policies, PolicyDirection direction, EndpointClasses classes)
    {
        var selecting = new List<int>?[_endpoints.SelectableCount];
        for (var p = 0; p < policies.Count; p++)
        {
            foreach (var subject in policies[p].Subjects.And(classes.Firsts))
                (selecting[subject] ??= []).Add(p);
        }

        var groups = new Dictionary<RuleSetKey, List<int>>();
        for (var subject = 0; subject < selecting.Length; subject++)
        {
            if (selecting[subject] is not { } under)
                continue;
            var key = new RuleSetKey(under, NamedPortsOf(subject, under, policies));
            if (!groups.TryGetValue(key, out var subjects))
                groups.Add(key, subjects = []);
            subjects.Add(subject);
        }

        var ruleSets = new RuleSet?[_endpoints.SelectableCount];
        foreach (var (key, subjects) in groups)
        {
            _cancellation.ThrowIfCancellationRequested();
            var builder = new IndexSet.Builder();
            foreach (var subject in subjects)
                builder.Add(subject);
            var ruleSet = MakeRuleSet(key, policies, direction, classes.Firsts, builder.Build());
            foreach (var subject in subjects)
                ruleSets[subject] = ruleSet;
        }

        return ruleSets;
    }

    private PortSet[] NamedPortsOf(int subject, List<int> under, List<CompiledPolicy> policies)
    {
        List<PortSet>? found = null;
        foreach (var p in under)
        {
            foreach (var rule in policies[p].Rules)
            {
                if (rule.SubjectPort is { } named)
                    (found ??= []).Add(_ports.Intern(NamedPortIndex.On(_endpoints[subject], named.Name, named.Protocol)));
            }
        }

        return found is null ? [] : [.. found];
    }

    private RuleSet MakeRuleSet(RuleSetKey key, List<CompiledPolicy> policies, PolicyDirection direction, IndexSet classes, IndexSet subjects)
    {
        var certain = new Dictionary<PortSet, IndexSet>();
        var withPodsInBlocks = new Dictionary<PortSet, IndexSet>();
        var differ = false;
        var named = 0;
        foreach (var p in key.Policies)
        {
            foreach (var rule in policies[p].Rules)
            {
                var ports = rule.SubjectPort is null ? rule.Ports : key.NamedPorts[named++];
                if (ports.IsEmpty)
                    continue;
                var sure = rule.Peers.Certain.And(classes);
                var inBlock = rule.Peers.PodsInBlockOrEmpty.And(classes);
                differ |= !inBlock.IsEmpty;
                certain[ports] = certain.TryGetValue(ports, out var before) ? before.Or(sure) : sure;
                withPodsInBlocks[ports] = withPodsInBlocks.TryGetValue(ports, out before) ? before.Or(sure).Or(inBlock) : sure.Or(inBlock);
            }
        }

        var without = AllowedPorts.Create(certain, _ports);
        var with = differ ? AllowedPorts.Create(withPodsInBlocks, _ports) : without;
        return new RuleSet(
            [.. key.Policies.Select(p => policies[p].Policy)],
            direction,
            _options.IPBlockMatchesPods ? with : without,
            differ ? _options.IPBlockMatchesPods ? without : with : null,
            subjects);
    }

    private sealed record CompiledPolicy(NetworkPolicy Policy, IndexSet Subjects, CompiledRule[] Rules);

    /// <param name="Peers">Whom the rule speaks of.</param>
    /// <param name="Ports">Port numbers.</param>
    /// <param name="SubjectPort">Instead of numbers, a name to look up on the subject.</param>
    private sealed record CompiledRule(PeerSet Peers, PortSet Ports, (string Name, Protocol Protocol)? SubjectPort);

    /// <summary>Which policies a class is under, and what the port names in them mean on it.</summary>
    private sealed class RuleSetKey(List<int> policies, PortSet[] namedPorts) : IEquatable<RuleSetKey>
    {
        public List<int> Policies { get; } = policies;

        public PortSet[] NamedPorts { get; } = namedPorts;

        public bool Equals(RuleSetKey? other) =>
            other is not null && Policies.SequenceEqual(other.Policies) && NamedPorts.AsSpan().SequenceEqual(other.NamedPorts);

        public override bool Equals(object? obj) => Equals(obj as RuleSetKey);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var policy in Policies)
                hash.Add(policy);
            foreach (var ports in NamedPorts)
                hash.Add(ports);
            return hash.ToHashCode();
        }
    }
}
