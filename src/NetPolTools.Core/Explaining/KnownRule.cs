using System.Runtime.InteropServices;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>
/// A rule that is asked thousands of times whether it matches, where nobody wants to know what it lacks. What matches by the same of its peers is one object:
/// of the ranges of addresses that a cluster tells apart, most match by one and the same block. Not thread safe.
/// </summary>
internal sealed class KnownRule
{
    /// <summary>So many peers make it pay to know who matches by any of them. Thousands of rules with few peers each would know as many large sets.</summary>
    private const int ManyPeers = 8;

    private readonly ReachabilityMap _map;
    private readonly PolicyDirection _direction;
    private readonly NetworkPolicyRule _rule;
    private readonly RulePlace _place;
    private readonly string _ns;
    private readonly PeerSet[] _sets;
    private readonly bool _namesPeers;
    private readonly bool _blocksMatchPods;

    /// <summary>Whoever matches by any of many peers; null where there are few.</summary>
    private readonly IndexSet? _matching;

    private readonly IReadOnlyList<(string Name, Protocol Protocol)> _portNames;
    private readonly PortSet _numbers;
    private readonly PortSetPool _ports;
    private (string Peers, KnownMatch? Match) _first;

    /// <summary>Those that are not the first; most rules match by the same peers each time.</summary>
    private Dictionary<(string Peers, PortSet Ports), KnownMatch>? _others;

    /// <summary>What its ports mean on the destination that was asked about last, which mostly is the next one, too.</summary>
    private (int Destination, PortSet? Ports) _portsOn;

    /// <param name="map">Of the cluster.</param>
    /// <param name="direction">Of the rule.</param>
    /// <param name="ns">Of its policy.</param>
    /// <param name="rule">Valid.</param>
    /// <param name="place">Of the rule.</param>
    /// <param name="ports">Remembers what other rules name too.</param>
    public KnownRule(ReachabilityMap map, PolicyDirection direction, string ns, NetworkPolicyRule rule, RulePlace place, PortSetPool ports)
    {
        _map = map;
        _direction = direction;
        _rule = rule;
        _place = place;
        _ns = ns;
        _sets = map.Peers.PeersOf(map.Endpoints.NumberOfNamespace(ns), rule);
        _namesPeers = rule.Peers is { Count: > 0 };
        _blocksMatchPods = map.Options.IPBlockMatchesPods;
        _matching = _sets.Length < ManyPeers ? null : IndexSet.UnionOf([.. _sets.Select(Matching)]);
        _portNames = RulePorts.Names(rule);
        _numbers = RulePorts.Numbers(rule, map.Traffic, ports);
        _ports = ports;
    }

    /// <summary>What the rule allows, none where it does not match.</summary>
    /// <param name="subject">Whom the policy selects.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="found">Gets the peers of the rule that match.</param>
    public PortSet Ask(int subject, int peer, List<int> found)
    {
        found.Clear();
        if (_matching?.Contains(peer) == false)
            return PortSet.None;
        var bySelector = !_namesPeers;
        for (var i = 0; _namesPeers && i < _sets.Length; i++)
        {
            var isCertain = _sets[i].Certain.Contains(peer);
            if (!isCertain && !(_blocksMatchPods && _sets[i].PodsInBlock.Contains(peer)))
                continue;
            bySelector |= isCertain;
            found.Add(i);
        }

        if (found.Count == 0 && _namesPeers)
            return PortSet.None;

        // A port's name is looked up on the destination: the subject itself, or a peer that a selector picked.
        return _portNames.Count == 0 ? _numbers
            : _direction == PolicyDirection.Ingress ? PortsOn(subject)
            : bySelector && peer < _map.Endpoints.SelectableCount ? PortsOn(peer)
            : _numbers;
    }

    /// <param name="found">Those of its peers that match.</param>
    /// <param name="ports">What it allows.</param>
    public KnownMatch MatchOf(List<int> found, PortSet ports)
    {
        var peers = MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(found));
        if (_first.Match is { } first && peers.SequenceEqual(_first.Peers) && first.Match.Ports == ports)
            return first;
        var key = (new string(peers), ports);
        if (_others is not null && _others.TryGetValue(key, out var known))
            return known;
        known = new KnownMatch(new RuleMatch(_place, Words(found), ports));
        if (_first.Match is null)
            _first = (key.Item1, known);
        else
            (_others ??= []).Add(key, known);
        return known;
    }

    private PortSet PortsOn(int destination)
    {
        if (_portsOn.Destination != destination || _portsOn.Ports is null)
            _portsOn = (destination, RulePorts.Resolve(_numbers, _portNames, _map.Endpoints[destination], _ports));
        return _portsOn.Ports;
    }

    private IndexSet Matching(PeerSet set) => _map.Options.IPBlockMatchesPods ? set.Certain.Union(set.PodsInBlock) : set.Certain;

    private string[] Words(List<int> found)
    {
        if (found.Count == 0)
            return ["every peer"];
        var field = _direction == PolicyDirection.Ingress ? "from" : "to";
        return [.. found.Select(i => $"{field}[{i}]: {PeerText.Of(_rule.Peers![i], _ns)}")];
    }
}

/// <summary>A rule that allows something.</summary>
/// <param name="match">What it allows, and by which of its peers.</param>
internal sealed class KnownMatch(RuleMatch match)
{
    public RuleMatch Match { get; } = match;

    /// <summary>The same in parts that can be shown.</summary>
    public DecidingReason Reason => field ??= DecidingReason.Of(Match);
}
