using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// What the rules of some policies allow, peer by peer and port by port, to find those that allow what another does. It goes by selectors and blocks alone,
/// so what it says holds for pods to come. Not thread safe.
/// </summary>
internal sealed class GrantSites
{
    private readonly PortSites _everyone = new();
    private readonly Dictionary<RulePeerTerms, PortSites> _peers = [];
    private readonly SelectorDemands _demands;
    private readonly Dictionary<RulePeerTerms, PortSites[]> _coveringPeers = [];
    private readonly Dictionary<(RulePeerTerms? Peer, PortRange? Port), CoveringRules> _covering = [];

    // Most namespaces have few rules, and then often none with selectors or none with blocks.
    private WiderSelectors<PortSites>? _pods;
    private WiderBlocks<(IPBlock Block, PortSites Ports)>? _blocks;

    public GrantSites(SelectorDemands demands)
    {
        _demands = demands;
    }

    public void Add(JudgedRule rule)
    {
        if (rule.Site.NamesNoPeer)
            _everyone.Add(rule);
        for (var i = 0; i < rule.Peers.Count; i++)
            Ports(rule.Peers[i]).Add(rule);
    }

    /// <summary>Of the rules that allow all that a rule allows with one of its peers on one of its ports, the first that is there to do so.</summary>
    /// <param name="peer">Null for everyone.</param>
    /// <param name="port">Null for all traffic.</param>
    /// <param name="withoutPolicy">A policy whose rules are not to be taken; null for none.</param>
    /// <param name="withoutRule">A rule that is not to be taken; null for none.</param>
    public JudgedRule? Find(RulePeerTerms? peer, PortRange? port, JudgedPolicy? withoutPolicy, JudgedRule? withoutRule)
    {
        if (!_covering.TryGetValue((peer, port), out var covering))
            _covering.Add((peer, port), covering = new CoveringRules(Covering(peer, port)));
        return covering.First(withoutPolicy, withoutRule);
    }

    /// <summary>Whether a block has every address of another that lies in its range.</summary>
    public static bool Covers(IPBlock wider, IPBlock narrower, AddressRange range)
    {
        if (wider.Except.Count == 0)
            return true;
        AddressRange[] missing = [.. narrower.Except.Select(Parse)];
        return wider.Except.Select(Parse).All(except => !except.Overlaps(range) || Array.Exists(missing, other => other.Contains(except)));

        static AddressRange Parse(string cidr) => AddressRange.TryParseCidr(cidr, out var parsed, out _, out _) ? parsed : default;
    }

    private IEnumerable<JudgedRule> Covering(RulePeerTerms? peer, PortRange? port)
    {
        var peers = peer is null ? [] : CoveringPeers(peer);
        for (var i = -1; i < peers.Length; i++)
        {
            var ports = i < 0 ? _everyone : peers[i];
            for (var place = 0; ports.Next(port, ref place) is { } rule;)
                yield return rule;
        }
    }

    /// <summary>The same peers are asked about with each port.</summary>
    private PortSites[] CoveringPeers(RulePeerTerms peer)
    {
        if (!_coveringPeers.TryGetValue(peer, out var covering))
        {
            _coveringPeers.Add(peer, covering = peer.Block is { } block
                ? [.. _blocks?.Covering(peer.Range).Where(entry => Covers(entry.Block, block, peer.Range)).Select(static entry => entry.Ports) ?? []]
                : _pods?.Covering(peer.Pods!) ?? []);
        }

        return covering;
    }

    private PortSites Ports(RulePeerTerms peer)
    {
        if (_peers.TryGetValue(peer, out var ports))
            return ports;
        _peers.Add(peer, ports = new PortSites());
        if (peer.Block is { } block)
            (_blocks ??= new WiderBlocks<(IPBlock Block, PortSites Ports)>()).Add(peer.Range, (block, ports));
        else
            (_pods ??= new WiderSelectors<PortSites>(_demands)).Add(peer.Pods!, ports);
        return ports;
    }

    /// <summary>The rules for one peer, by port.</summary>
    private sealed class PortSites
    {
        // Most have few of these, and there are many.
        private List<JudgedRule>? _everything;
        private Dictionary<PortRange, List<JudgedRule>>? _single;
        private List<(PortRange Ports, JudgedRule Rule)>? _wide;

        public void Add(JudgedRule rule)
        {
            if (rule.Site.NamesNoPort)
                (_everything ??= []).Add(rule);
            for (var i = 0; i < rule.Ports.Count; i++)
            {
                var port = rule.Ports[i];
                if (!port.IsSingle)
                    (_wide ??= []).Add((port, rule));
                else if ((_single ??= []).TryGetValue(port, out var rules))
                    rules.Add(rule);
                else
                    _single.Add(port, [rule]);
            }
        }

        /// <summary>The next rule that allows all of a port, or of all traffic where that is null; null where there is none.</summary>
        /// <param name="port">What is asked about.</param>
        /// <param name="place">Where to look on; 0 at first.</param>
        public JudgedRule? Next(PortRange? port, ref int place)
        {
            var at = place++;
            if (at < _everything?.Count)
                return _everything[at];
            if (port is not { } asked)
                return null;
            at -= _everything?.Count ?? 0;
            if (_single is not null && _single.TryGetValue(asked, out var single))
            {
                if (at < single.Count)
                    return single[at];
                at -= single.Count;
            }

            for (; at < _wide?.Count; at++, place++)
            {
                if (_wide[at].Ports.Covers(asked))
                    return _wide[at].Rule;
            }

            return null;
        }
    }
}
