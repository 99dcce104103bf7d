using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Policies;

/// <summary>
/// NetworkPolicies in the model that all policy APIs share: rules that only allow, in one place of the engine's order, and deny what no rule matches.
/// </summary>
public static class NetworkPolicyTranslator
{
    public const string DialectName = "NetworkPolicy";

    /// <param name="policy">Valid.</param>
    /// <param name="layout">Says where NetworkPolicies stand.</param>
    public static TieredPolicy Translate(NetworkPolicy policy, EngineLayout layout)
    {
        var ns = new LabelPredicate.InNamespace(policy.Namespace);
        return new TieredPolicy(
            new PolicyOrigin(DialectName, policy),
            layout.RankOf(policy),
            new EndpointTerm.Pods(LabelPredicate.Both(LabelPredicate.Of(LabelOwner.Pod, policy.PodSelector), ns)),
            Rules(policy, PolicyDirection.Ingress, ns),
            Rules(policy, PolicyDirection.Egress, ns));
    }

    private static RuleList? Rules(NetworkPolicy policy, PolicyDirection direction, LabelPredicate ns)
    {
        if (!policy.Isolates(direction))
            return null;
        var given = policy.Rules(direction);
        var rules = ImmutableArray.CreateBuilder<TrafficRule>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            var origin = new RuleOrigin($"spec.{(direction == PolicyDirection.Ingress ? "ingress" : "egress")}[{i}]", given[i].Location);
            Translate(given[i], direction, ns, origin, rules);
        }

        return new RuleList(rules.ToImmutable(), Unmatched.Deny);
    }

    private static void Translate(
        NetworkPolicyRule rule, PolicyDirection direction, LabelPredicate ns, RuleOrigin origin, ImmutableArray<TrafficRule>.Builder rules)
    {
        var field = direction == PolicyDirection.Ingress ? "from" : "to";
        var hasNames = rule.Ports?.Any(static port => port.Port?.Name is not null) == true;

        // Towards an ipBlock a port name resolves to nothing: such peers get a rule of their own.
        List<RulePeer> peers = [], blocks = [];
        for (var i = 0; i < rule.Peers?.Count; i++)
        {
            var given = rule.Peers[i];
            var isBlock = given.IPBlock is not null && direction == PolicyDirection.Egress && hasNames;
            (isBlock ? blocks : peers).Add(new RulePeer(Peer(given, ns), $"{field}[{i}]"));
        }

        if (rule.Peers is not { Count: > 0 })
            peers.Add(new RulePeer(EndpointTerm.Everyone, ""));
        if (peers.Count > 0)
            rules.Add(new TrafficRule(RuleAction.Allow, [.. peers], Ports(rule, withNames: true), origin));
        if (blocks.Count > 0)
            rules.Add(new TrafficRule(RuleAction.Allow, [.. blocks], Ports(rule, withNames: false), origin));
    }

    private static EndpointTerm Peer(NetworkPolicyPeer peer, LabelPredicate ns)
    {
        if (peer.IPBlock is { } block)
            return new EndpointTerm.Addresses([Range(block.Cidr)], [.. block.Except.Select(Range)], PodMatch.AsOption);
        var namespaces = peer.NamespaceSelector is null ? ns : LabelPredicate.Of(LabelOwner.Namespace, peer.NamespaceSelector);
        var pods = peer.PodSelector is null ? LabelPredicate.Always : LabelPredicate.Of(LabelOwner.Pod, peer.PodSelector);
        return new EndpointTerm.Pods(LabelPredicate.Both(pods, namespaces));
    }

    private static PortTerm Ports(NetworkPolicyRule rule, bool withNames)
    {
        if (rule.Ports is not { Count: > 0 })
            return PortTerm.Everything;
        var ports = ImmutableArray.CreateBuilder<PortTerm>(rule.Ports.Count);
        foreach (var port in rule.Ports)
        {
            var protocol = port.Protocol is null ? Protocol.TCP : Enum.Parse<Protocol>(port.Protocol);
            if (port.Port is not { } number)
                ports.Add(PortTerm.Every(protocol));
            else if (number.Name is null)
                ports.Add(new PortTerm.Range(protocol, number.Number, port.EndPort ?? number.Number));
            else if (withNames)
                ports.Add(new PortTerm.Named(number.Name, protocol));
        }

        return ports.Count == 1 ? ports[0] : new PortTerm.AnyOf(ports.ToImmutable());
    }

    private static AddressRange Range(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out _)
        ? range
        : throw new ArgumentException($"'{cidr}' is not a CIDR block.", nameof(cidr));
}
