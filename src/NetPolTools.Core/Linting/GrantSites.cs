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
    private readonly Dictionary<string, PortSites> _podsByText = [];
    private readonly WiderSelectors<PortSites> _pods;
    private readonly Dictionary<AddressRange, List<(IPBlock Block, PortSites Ports)>> _blocks = [];
    private readonly List<AddressRange> _wideBlocks = [];
    private readonly Dictionary<LabelSelector, PortSites[]> _coveringPods = new(ReferenceEqualityComparer.Instance);

    public GrantSites(SelectorDemands demands)
    {
        _pods = new WiderSelectors<PortSites>(demands);
    }

    public void Add(JudgedRule rule)
    {
        if (rule.Site.NamesNoPeer)
            _everyone.Add(rule);
        foreach (var peer in rule.Peers)
            Ports(peer).Add(rule);
    }

    /// <summary>Rules that allow all that a rule allows with one of its peers on one of its ports; as far as found.</summary>
    /// <param name="peer">Null for everyone.</param>
    /// <param name="port">Null for all traffic.</param>
    public IEnumerable<JudgedRule> Covering(RulePeerTerms? peer, PortRange? port)
    {
        var found = _everyone.Covering(port);
        if (peer is { Pods: { } pods })
            found = CoveringPods(pods).Aggregate(found, (all, ports) => all.Concat(ports.Covering(port)));
        else if (peer is { Block: { } block, Range: var range })
            found = _wideBlocks.Where(wide => wide.Contains(range)).SelectMany(wide => _blocks[wide]).Where(entry => Covers(entry.Block, block, range))
                .Aggregate(found, (all, entry) => all.Concat(entry.Ports.Covering(port)));
        return found;
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

    /// <summary>Peers of the same selectors are asked about again and again.</summary>
    private PortSites[] CoveringPods(LabelSelector pods)
    {
        if (!_coveringPods.TryGetValue(pods, out var covering))
            _coveringPods.Add(pods, covering = [.. _pods.Covering(pods)]);
        return covering;
    }

    private PortSites Ports(RulePeerTerms peer)
    {
        if (peer.Pods is { } pods)
        {
            var text = pods.ToString();
            if (!_podsByText.TryGetValue(text, out var ports))
            {
                _podsByText.Add(text, ports = new PortSites());
                _pods.Add(pods, ports);
            }

            return ports;
        }

        if (!_blocks.TryGetValue(peer.Range, out var blocks))
        {
            _blocks.Add(peer.Range, blocks = []);
            _wideBlocks.Add(peer.Range);
        }

        var known = blocks.FindIndex(entry => entry.Block.Except.SequenceEqual(peer.Block!.Except));
        if (known >= 0)
            return blocks[known].Ports;
        blocks.Add((peer.Block!, new PortSites()));
        return blocks[^1].Ports;
    }

    /// <summary>The rules for one peer, by port.</summary>
    private sealed class PortSites
    {
        private readonly List<JudgedRule> _everything = [];
        private readonly Dictionary<PortRange, List<JudgedRule>> _single = [];
        private readonly List<(PortRange Ports, JudgedRule Rule)> _wide = [];

        public void Add(JudgedRule rule)
        {
            if (rule.Site.NamesNoPort)
                _everything.Add(rule);
            foreach (var port in rule.Ports)
            {
                if (!port.IsSingle)
                    _wide.Add((port, rule));
                else if (_single.TryGetValue(port, out var rules))
                    rules.Add(rule);
                else
                    _single.Add(port, [rule]);
            }
        }

        public IEnumerable<JudgedRule> Covering(PortRange? port)
        {
            if (port is not { } asked)
                return _everything;
            IEnumerable<JudgedRule> single = _single.TryGetValue(asked, out var rules) ? rules : [];
            return _everything.Concat(single).Concat(_wide.Where(wide => wide.Ports.Covers(asked)).Select(static wide => wide.Rule));
        }
    }
}
