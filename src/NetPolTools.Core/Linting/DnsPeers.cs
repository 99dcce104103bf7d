using System.Collections.Concurrent;
using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Rules of NetworkPolicies that are meant for the cluster's DNS, since they name its ports alone, and what they miss.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="dns">Who answers.</param>
/// <param name="seesServices">Whether policies see the addresses of Services.</param>
internal sealed class DnsPeers(ReachabilityMap map, KnownDns dns, bool seesServices)
{
    private readonly ConcurrentDictionary<NetworkPolicy, PolicyPlace[]> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>A server as a peer of a rule.</summary>
    public static NetworkPolicyPeer Peer(DnsServer server) =>
        new() { NamespaceSelector = NamespaceSelectors.Named(server.Namespace), PodSelector = server.Labels };

    /// <summary>The places in a policy's rules for DNS that miss it: a peer, or the ports of a rule whose peers are right.</summary>
    public IReadOnlyList<PolicyPlace> Missing(NetworkPolicy policy) =>
        _known.GetOrAdd(policy, asked => [.. RuleSite.Of(asked).Where(IsForDns).SelectMany(Missing)]);

    /// <summary>What a peer that misses DNS means instead.</summary>
    public string Reason(PolicyPlace place) => place.Path.EndsWith(".ports", StringComparison.Ordinal)
        ? $"the rule's peers are the DNS pods, and they listen on {dns.Servers[0].Ports}"
        : place.Path.Contains(".to[", StringComparison.Ordinal) && PeerAt(place) is { IPBlock: { } block }
            ? $"{block.Cidr} holds the address of {ServiceIn(block)!.Reference}, which is translated to those of the pods behind it before policies look"
            : $"the peer matches none of the DNS pods, which have {dns.Servers[0].Labels} in namespace {dns.Servers[0].Namespace}";

    /// <summary>Whether a rule names peers, and ports of DNS alone.</summary>
    public static bool IsForDns(RuleSite rule) => rule is { Direction: PolicyDirection.Egress, NamesNoPort: false, NamesNoPeer: false }
        && rule.Rule.Ports!.All(static port => port is { EndPort: null, Port: { Name: null, Number: KnownDns.StandardPort or KnownDns.OpenShiftPort } });

    private IEnumerable<PolicyPlace> Missing(RuleSite rule)
    {
        var sets = map.Peers.PeersOf(map.Endpoints.NumberOfNamespace(rule.Policy.Namespace), rule.Rule);
        if (dns.Servers.Any(server => Array.Exists(sets, peers => peers.Certain.Contains(server.Endpoint))))
        {
            var ports = RulePorts.Numbers(rule.Rule, map.Traffic, new PortSetPool());
            if (dns.Servers.All(server => server.Ports.Intersect(ports).IsEmpty))
                yield return new PolicyPlace(rule.Policy, rule.Path + ".ports", rule.Rule.Location);
            yield break;
        }

        foreach (var site in rule.Peers())
        {
            // An address that is none of the cluster's DNS is another resolver, or the cache of the node.
            if (site.Peer.IPBlock is not { } block || (!dns.HasNodeLocal && !seesServices && ServiceIn(block) is not null))
                yield return new PolicyPlace(rule.Policy, site.Path, site.Peer.Location);
        }
    }

    private Service? ServiceIn(IPBlock block) => AddressRange.TryParseCidr(block.Cidr, out var range, out _, out _)
        ? dns.Services.FirstOrDefault(service => service.ClusterIPs.Any(range.Contains))
        : null;

    private static NetworkPolicyPeer? PeerAt(PolicyPlace place) => RuleSite.Of((NetworkPolicy)place.Policy)
        .SelectMany(static rule => rule.Peers()).FirstOrDefault(site => site.Path == place.Path).Peer;
}
