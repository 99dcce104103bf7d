using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>
/// The rules of a cluster's NetworkPolicies in one direction, with a number for whatever they say alike: selectors of subjects, peers and ports. Policies are
/// gone through once, however many workloads are asked about; of thousands most say what others said before. Not thread safe.
/// </summary>
internal sealed class RuleTable
{
    // Beside the numbers of selectors, of which none is negative.
    private const int Absent = -1;
    private const int Everyone = -2;

    private readonly Func<LabelSelector, string> _textOf;
    private readonly Dictionary<LabelSelector, int> _selectors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _selectorTexts = [];
    private readonly Dictionary<(int Pods, int Namespaces, string? Cidr), int> _peers = [];
    private readonly Dictionary<IReadOnlyList<NetworkPolicyPort>, int> _ports = new(SamePorts.Instance);
    private readonly Dictionary<string, (int Start, int End)> _ofNamespaces = [];
    private readonly List<LabelSelector> _distinctSelectors = [];
    private readonly List<NetworkPolicyPeer?> _distinctPeers = [];
    private readonly List<AddressRange?> _blocks = [];

    /// <summary>By policy, the number of the selector of its subjects, and its first rule.</summary>
    private readonly List<(int Subject, int FirstRule)> _policies = [];

    /// <summary>By rule, the first of its peers.</summary>
    private readonly List<(NetworkPolicyRule Rule, int FirstPeer)> _rules = [];
    private readonly List<int> _peersOfRules = [];

    /// <summary>By rule; worked out when somebody asks.</summary>
    private readonly int?[] _portsOfRules;

    /// <param name="policies">By namespace.</param>
    /// <param name="direction">Of the rules.</param>
    /// <param name="textOf">A selector so that two are equal exactly where their texts are.</param>
    public RuleTable(ILookup<string, NetworkPolicy> policies, PolicyDirection direction, Func<LabelSelector, string> textOf)
    {
        _textOf = textOf;
        foreach (var ofNamespace in policies)
        {
            var start = _policies.Count;
            foreach (var policy in ofNamespace)
            {
                if (policy.Isolates(direction))
                    Add(policy, direction);
            }

            _ofNamespaces.Add(ofNamespace.Key, (start, _policies.Count));
        }

        _policies.Add((-1, _rules.Count));
        _rules.Add((new NetworkPolicyRule(), _peersOfRules.Count));
        _portsOfRules = new int?[_rules.Count];
    }

    /// <summary>By number; null where a rule is for everyone.</summary>
    public IReadOnlyList<NetworkPolicyPeer?> Peers => _distinctPeers;

    /// <summary>By the number of a peer, the addresses of its ipBlock; null where it has none.</summary>
    public IReadOnlyList<AddressRange?> Blocks => _blocks;

    /// <summary>By number.</summary>
    public IReadOnlyList<LabelSelector> Selectors => _distinctSelectors;

    /// <summary>The selectors of the policies of a namespace, each once, in order.</summary>
    public IEnumerable<int> SubjectsIn(string ns)
    {
        var (start, end) = _ofNamespaces.GetValueOrDefault(ns);
        var known = new HashSet<int>();
        for (var policy = start; policy < end; policy++)
        {
            if (known.Add(_policies[policy].Subject))
                yield return _policies[policy].Subject;
        }
    }

    /// <summary>The peers of the rules of a namespace; one may come again and again.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="isMeant">Whether the policies with a selector count, by its number; null for all.</param>
    public IEnumerable<int> PeersIn(string ns, Func<int, bool>? isMeant = null)
    {
        var (start, end) = _ofNamespaces.GetValueOrDefault(ns);
        var known = new Dictionary<int, bool>();
        for (var policy = start; policy < end; policy++)
        {
            if (!Counts(_policies[policy].Subject))
                continue;
            var last = _rules[_policies[policy + 1].FirstRule].FirstPeer;
            for (var peer = _rules[_policies[policy].FirstRule].FirstPeer; peer < last; peer++)
                yield return _peersOfRules[peer];
        }

        bool Counts(int subject)
        {
            if (isMeant is null)
                return true;
            if (!known.TryGetValue(subject, out var counts))
                known.Add(subject, counts = isMeant(subject));
            return counts;
        }
    }

    /// <summary>Those rules of a namespace that name somebody: by number, the subject, whom they name, and the ports.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="naming">Whom a peer names, as bits, by its number.</param>
    public IEnumerable<(int Subject, ulong Named, int Ports)> Naming(string ns, Func<int, ulong> naming)
    {
        var (start, end) = _ofNamespaces.GetValueOrDefault(ns);
        for (var policy = start; policy < end; policy++)
        {
            for (var rule = _policies[policy].FirstRule; rule < _policies[policy + 1].FirstRule; rule++)
            {
                var named = 0UL;
                for (var peer = _rules[rule].FirstPeer; peer < _rules[rule + 1].FirstPeer; peer++)
                    named |= naming(_peersOfRules[peer]);
                if (named != 0)
                    yield return (_policies[policy].Subject, named, PortsOf(rule));
            }
        }
    }

    private void Add(NetworkPolicy policy, PolicyDirection direction)
    {
        _policies.Add((NumberOfSelector(policy.PodSelector), _rules.Count));
        var rules = policy.Rules(direction);
        for (var r = 0; r < rules.Count; r++)
        {
            _rules.Add((rules[r], _peersOfRules.Count));
            if (rules[r].Peers is not { Count: > 0 } peers)
            {
                _peersOfRules.Add(NumberOfPeer(null));
                continue;
            }

            for (var p = 0; p < peers.Count; p++)
                _peersOfRules.Add(NumberOfPeer(peers[p]));
        }
    }

    private int NumberOfSelector(LabelSelector selector)
    {
        // Most selectors were read once for all who write the same.
        if (_selectors.TryGetValue(selector, out var number))
            return number;
        var text = _textOf(selector);
        if (!_selectorTexts.TryGetValue(text, out number))
        {
            _selectorTexts.Add(text, number = _distinctSelectors.Count);
            _distinctSelectors.Add(selector);
        }

        _selectors.Add(selector, number);
        return number;
    }

    private int NumberOfPeer(NetworkPolicyPeer? peer)
    {
        var key = peer is null
            ? (Everyone, Everyone, null)
            : (peer.PodSelector is null ? Absent : NumberOfSelector(peer.PodSelector),
                peer.NamespaceSelector is null ? Absent : NumberOfSelector(peer.NamespaceSelector),
                peer.IPBlock?.Cidr);
        if (!_peers.TryGetValue(key, out var number))
        {
            _peers.Add(key, number = _distinctPeers.Count);
            _distinctPeers.Add(peer);
            _blocks.Add(peer?.IPBlock is { } block && AddressRange.TryParseCidr(block.Cidr, out var range, out _, out _) ? range : null);
        }

        return number;
    }

    private int PortsOf(int rule)
    {
        if (_portsOfRules[rule] is { } known)
            return known;
        var ports = _rules[rule].Rule.Ports ?? [];
        if (!_ports.TryGetValue(ports, out var number))
            _ports.Add(ports, number = _ports.Count);
        _portsOfRules[rule] = number;
        return number;
    }

    private sealed class SamePorts : IEqualityComparer<IReadOnlyList<NetworkPolicyPort>>
    {
        public static readonly SamePorts Instance = new();

        public bool Equals(IReadOnlyList<NetworkPolicyPort>? x, IReadOnlyList<NetworkPolicyPort>? y)
        {
            if (x!.Count != y!.Count)
                return false;
            for (var i = 0; i < x.Count; i++)
            {
                if ((x[i].Protocol, x[i].Port, x[i].EndPort) != (y[i].Protocol, y[i].Port, y[i].EndPort))
                    return false;
            }

            return true;
        }

        public int GetHashCode(IReadOnlyList<NetworkPolicyPort> ports)
        {
            var hash = ports.Count;
            for (var i = 0; i < ports.Count; i++)
                hash = HashCode.Combine(hash, ports[i].Protocol, ports[i].Port, ports[i].EndPort);
            return hash;
        }
    }
}
