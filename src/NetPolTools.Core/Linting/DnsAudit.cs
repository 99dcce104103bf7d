using System.Collections.Immutable;
using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Which pods that ask the cluster's DNS do not get an answer, and which policies are the reason. Little where the input shows no DNS.</summary>
internal sealed class DnsAudit
{
    private static readonly PortSet AllUdp = PortSet.Of(Protocol.UDP);
    private static readonly PortSet AllTcp = PortSet.Of(Protocol.TCP);

    private readonly ReachabilityMap _map;
    private readonly IndexSet _servers;
    private readonly ImmutableArray<int> _caches;
    private readonly Dictionary<RuleSet, PolicyPlace?> _needing = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyPlace, List<int>> _cutOff = [];
    private readonly Dictionary<PolicyPlace, List<int>> _withoutTcp = [];
    private readonly Dictionary<PolicyPlace, List<int>> _misled = [];
    private readonly DnsPeers _peers;

    /// <param name="map">Of the cluster.</param>
    /// <param name="dns">Who answers.</param>
    /// <param name="seesServices">Whether policies see the addresses of Services.</param>
    /// <param name="byNamespace">The NetworkPolicies of each namespace.</param>
    public DnsAudit(ReachabilityMap map, KnownDns dns, bool seesServices, Func<NetworkPolicy[][]> byNamespace)
    {
        _map = map;
        Dns = dns;
        _peers = new DnsPeers(map, dns, seesServices);
        _servers = IndexSet.Of(dns.Servers.Select(static server => server.Endpoint));
        _caches = dns.HasNodeLocal || seesServices
            ? [.. dns.Services.SelectMany(static service => service.ClusterIPs).Append(NodeLocal()).Select(map.Endpoints.IndexOfAddress).Distinct()]
            : [];
        if (_servers.IsEmpty)
        {
            var pool = new PortSetPool();
            foreach (var policies in byNamespace())
            {
                var places = PlacesOfUdp(policies, pool);
                for (var i = 0; i < places?.Count; i++)
                    _withoutTcp.Add(places[i], []);
            }

            return;
        }

        foreach (var pod in map.Classes.Representatives.Slice(0, map.Endpoints.SelectableCount))
        {
            if (map.EgressOf(pod) is { DeniesUnmatched: true } rules && Asking(pod) is { Length: > 0 } asking)
                Look(pod, rules, asking);
        }
    }

    public KnownDns Dns { get; }

    /// <summary>Rules for DNS, and what they miss.</summary>
    public DnsPeers Peers => _peers;

    /// <summary>Pods that get no answer although they may connect to others, by the first policy that lets them.</summary>
    public IReadOnlyDictionary<PolicyPlace, List<int>> CutOff => _cutOff;

    /// <summary>Pods that get answers over UDP alone, by the rule that allows that; no pods where the input does not show who answers.</summary>
    public IReadOnlyDictionary<PolicyPlace, List<int>> WithoutTcp => _withoutTcp;

    /// <summary>Pods that get no answer since rules for DNS miss the pods that answer, by the peer or rule that misses.</summary>
    public IReadOnlyDictionary<PolicyPlace, List<int>> Misled => _misled;

    /// <summary>Rules of egress that open the cluster's DNS and nothing else.</summary>
    public IReadOnlyList<NetworkPolicyRule> Opening() =>
    [
        .. Dns.Servers.GroupBy(static server => (server.Namespace, server.Labels, server.Ports)).Select(static same => new NetworkPolicyRule
        {
            Peers = [DnsPeers.Peer(same.First())],
            Ports = PolicyPorts.Of(same.Key.Ports),
        }),
        .. Dns.HasNodeLocal
            ? new[]
            {
                new NetworkPolicyRule
                {
                    Peers = [new NetworkPolicyPeer { IPBlock = new IPBlock(KnownDns.NodeLocalBlock, []) }],
                    Ports = PolicyPorts.Of(PortSet.Of(Protocol.UDP, KnownDns.StandardPort).Union(PortSet.Of(Protocol.TCP, KnownDns.StandardPort))),
                },
            }
            : [],
    ];

    private void Look(int pod, RuleSet rules, int[] asking)
    {
        var open = Open(pod);
        if (!open.Intersect(AllUdp).IsEmpty)
        {
            if (open.Intersect(AllTcp).IsEmpty && PlaceOfUdp(rules) is { } place)
                Add(_withoutTcp, place, asking);
            return;
        }

        PolicyPlace[] missing = [.. rules.Policies.SelectMany(_peers.Missing)];
        foreach (var miss in missing)
            Add(_misled, miss, asking);
        if (missing.Length > 0)
            return;
        if (!_needing.TryGetValue(rules, out var needing))
            _needing.Add(rules, needing = PlaceOfOthers(rules));
        if (needing is not null)
            Add(_cutOff, needing, asking);
    }

    private static void Add(Dictionary<PolicyPlace, List<int>> to, PolicyPlace place, int[] pods)
    {
        if (!to.TryGetValue(place, out var known))
            to.Add(place, known = []);
        known.AddRange(pods);
    }

    /// <summary>Of a class those that ask the cluster's DNS, one for each workload.</summary>
    private int[] Asking(int ofClass) =>
    [
        .. _map.Classes.Members(ofClass).Where(pod => !_servers.Contains(pod) && _map.Endpoints[pod].Spec.AsksClusterDns)
            .DistinctBy(pod => _map.Endpoints[pod].Owner),
    ];

    /// <summary>What may be open to DNS: where that is not known for sure, nothing is wrong for sure.</summary>
    private PortSet Open(int pod)
    {
        var map = _map.AtMost ?? _map;
        var open = PortSet.None;
        foreach (var server in Dns.Servers)
            open = open.Union(map.Between(pod, server.Endpoint).Intersect(server.Ports));
        foreach (var cache in _caches)
            open = open.Union(map.Between(pod, cache).Intersect(Port(Protocol.UDP).Union(Port(Protocol.TCP))));
        return open;
    }

    /// <summary>
    /// Where pods are let out to others that have names: to pods, or to everyone. Pods that may only connect to addresses need no names, and pods that may
    /// connect to nobody need none either.
    /// </summary>
    private static PolicyPlace? PlaceOfOthers(RuleSet rules)
    {
        foreach (var policy in rules.Policies)
        {
            foreach (var rule in RuleSite.Of(policy).Where(static rule => rule.Direction == PolicyDirection.Egress))
            {
                if (rule.NamesNoPeer || rule.Peers().Any(static site => site.Peer.IPBlock is null))
                    return new PolicyPlace(policy, "spec.egress", policy.Location);
            }
        }

        foreach (var policy in rules.TieredPolicies.Where(static policy => !policy.IsOfEngine))
        {
            foreach (var rule in (policy.Egress?.Rules ?? []).Where(static rule => rule.Action == RuleAction.Allow))
            {
                if (rule.Peers.Any(static peer => MeansPods(peer.Term)))
                    return new PolicyPlace(policy.Origin.Object, rule.Origin.Path, rule.Origin.Location);
            }
        }

        return null;
    }

    private static bool MeansPods(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods => true,
        EndpointTerm.AllOf all => all.Parts.IsEmpty || all.Parts.Any(MeansPods),
        EndpointTerm.AnyOf any => any.Parts.Any(MeansPods),
        _ => false,
    };

    /// <summary>
    /// Where the input does not show who answers: rules for DNS over UDP in a namespace of which no policy names the port over TCP; null for none.
    /// </summary>
    private List<PolicyPlace>? PlacesOfUdp(NetworkPolicy[] ofNamespace, PortSetPool pool)
    {
        List<PolicyPlace>? places = null;
        foreach (var policy in ofNamespace)
        {
            for (var i = 0; i < RuleSite.CountInEffect(policy, PolicyDirection.Egress); i++)
            {
                var site = new RuleSite(policy, PolicyDirection.Egress, i, policy.Egress![i]);
                var ports = RulePorts.Numbers(site.Rule, _map.Traffic, pool);
                if (ports.Contains(Protocol.TCP, KnownDns.StandardPort))
                    return null;
                if (ports.Contains(Protocol.UDP, KnownDns.StandardPort) && DnsPeers.IsForDns(site))
                    (places ??= []).Add(new PolicyPlace(policy, site.Path + ".ports", site.Rule.Location));
            }
        }

        return places;
    }

    /// <summary>The first rule that names a port of DNS over UDP and none over TCP.</summary>
    private PolicyPlace? PlaceOfUdp(RuleSet rules)
    {
        var ports = PortSet.UnionOf([.. Dns.Servers.Select(static server => server.Ports)]).Union(Port(Protocol.UDP)).Union(Port(Protocol.TCP));
        foreach (var site in rules.Policies.SelectMany(RuleSite.Of).Where(static rule => rule is { Direction: PolicyDirection.Egress, NamesNoPort: false }))
        {
            var named = RulePorts.Numbers(site.Rule, _map.Traffic, new PortSetPool()).Intersect(ports);
            if (!named.Intersect(AllUdp).IsEmpty && named.Intersect(AllTcp).IsEmpty)
                return new PolicyPlace(site.Policy, site.Path + ".ports", site.Rule.Location);
        }

        return rules.Tiered.Where(static policy => !policy.Policy.IsOfEngine && policy.Policy.Origin.Object is not NetworkPolicy)
            .SelectMany(static policy => policy.Rules, static (policy, rule) => (policy.Policy.Origin.Object, Rule: rule))
            .Where(entry => entry.Rule.Rule.Action == RuleAction.Allow
                && entry.Rule.Pieces.Any(piece => !piece.Ports.Must.IsAll && !piece.Ports.Must.Intersect(ports).Intersect(AllUdp).IsEmpty))
            .Select(static entry => new PolicyPlace(entry.Object, entry.Rule.Rule.Origin.Path, entry.Rule.Rule.Origin.Location))
            .FirstOrDefault();
    }

    private static PortSet Port(Protocol protocol) => PortSet.Of(protocol, KnownDns.StandardPort);

    private static NetAddress NodeLocal() => AddressRange.TryParseCidr(KnownDns.NodeLocalBlock, out var range, out _, out _)
        ? range.FirstAddress
        : throw new InvalidOperationException($"{KnownDns.NodeLocalBlock} is no block.");
}
