using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Calico;

/// <summary>Rules of Calico in the model: one may become several beside each other that do the same. Not thread safe.</summary>
internal sealed class CalicoRuleTranslator(CalicoEnds ends)
{
    private const string HttpCaveat =
        "The rule is for certain HTTP requests alone, which Calico looks at only where its application layer policy (Envoy) is in use.";

    /// <param name="rule">As read.</param>
    /// <param name="direction">Of the list that it is in.</param>
    /// <param name="ns">Of the policy; null for a global one.</param>
    /// <param name="origin">Where it stands.</param>
    public IEnumerable<TrafficRule> Translate(CalicoRule rule, PolicyDirection direction, string? ns, RuleOrigin origin)
    {
        if (ActionOf(rule.Action) is not { } action)
            return [];
        ImmutableArray<string> caveats = rule.Http is { Methods.Count: > 0 } or { Paths.Count: > 0 } ? [HttpCaveat] : [];
        var protocols = Protocols(rule);
        var isIngress = direction == PolicyDirection.Ingress;
        return
            from family in Families(rule)
            from source in ends.Sources(rule, ns, FamilyOf(rule.Source, rule.Destination, family))
            from destination in ends.Destinations(rule, ns, FamilyOf(rule.Destination, rule.Source, family))
            let peer = isIngress ? source.Who : destination.Who
            let local = isIngress ? destination.Who : source.Who
            let peerField = isIngress ? rule.Source.IsAny ? "" : "source" : rule.Destination.IsAny ? "" : "destination"
            select new TrafficRule(action, [new RulePeer(peer, peerField)], Both(protocols, destination.Ports), origin)
            {
                Only = ReferenceEquals(local, EndpointTerm.Everyone) ? null : local,
                Caveats = caveats,
            };
    }

    /// <summary>Null for Log, which changes nothing.</summary>
    private static RuleAction? ActionOf(string? action) => action switch
    {
        CalicoRule.Allow => RuleAction.Allow,
        CalicoRule.Deny => RuleAction.Deny,
        CalicoRule.Pass => RuleAction.Pass,
        _ => null,
    };

    /// <summary>
    /// The families of addresses that the rule is made for: null where it is for both alike. A list of blocks without one of a family, excluded ones too, takes
    /// the rule away from that family (felix/rules/policy.go FilterRuleToIPVersion).
    /// </summary>
    private static IEnumerable<AddressFamilyKind?> Families(CalicoRule rule)
    {
        AddressRange[][] lists =
        [
            .. new[] { rule.Source.Nets, rule.Source.NotNets, rule.Destination.Nets, rule.Destination.NotNets }
                .Where(static list => list.Count > 0)
                .Select(CalicoThings.RangesOf),
        ];
        if (lists.Length == 0 && rule.IPVersion is null)
            return [null];
        return Enum.GetValues<AddressFamilyKind>()
            .Where(family => rule.IPVersion is null || rule.IPVersion == (family == AddressFamilyKind.IPv4 ? 4 : 6))
            .Where(family => Array.TrueForAll(lists, list => Array.Exists(list, range => range.Family == family)))
            .Select(static family => (AddressFamilyKind?)family);
    }

    /// <summary>The blocks of one end say which family the traffic is of; then the other end need not.</summary>
    private static AddressFamilyKind? FamilyOf(CalicoEntity entity, CalicoEntity other, AddressFamilyKind? family) =>
        other.Nets.Count > 0 && entity.Nets.Count == 0 && entity.NotNets.Count == 0 ? null : family;

    private static PortTerm Protocols(CalicoRule rule)
    {
        var terms = ImmutableArray.CreateBuilder<PortTerm>();
        if (rule.Protocol is { } protocol)
            terms.Add(Of(protocol));
        if (rule.NotProtocol is { } not)
            terms.Add(new PortTerm.Not(Of(not)));
        if (rule.Icmp is { } icmp)
            terms.Add(Of(icmp, rule));
        if (rule.NotIcmp is { } notIcmp)
            terms.Add(new PortTerm.Not(Of(notIcmp, rule)));
        return terms.Count switch { 0 => PortTerm.Everything, 1 => terms[0], _ => new PortTerm.AllOf(terms.ToImmutable()) };
    }

    private static PortTerm Of(CalicoProtocol protocol) => protocol.Number is { } number ? new PortTerm.ProtocolNumber(number) : PortTerm.Nothing;

    private static PortTerm Of(CalicoIcmp icmp, CalicoRule rule)
    {
        var family = rule.Protocol?.Number == CalicoProtocol.IcmpV6 || rule.IPVersion == 6 ? AddressFamilyKind.IPv6 : AddressFamilyKind.IPv4;
        return icmp.Type is null && icmp.Code is null ? PortTerm.Everything : new PortTerm.Icmp(family, icmp.Type, icmp.Code);
    }

    private static PortTerm Both(PortTerm a, PortTerm b)
    {
        if (ReferenceEquals(a, PortTerm.Everything))
            return b;
        return ReferenceEquals(b, PortTerm.Everything) ? a : new PortTerm.AllOf([a, b]);
    }
}
