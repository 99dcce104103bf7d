using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>Admin policies in the model that all policy APIs share. Nothing in them denies what no rule matches.</summary>
internal static class AdminTranslator
{
    // Calico gives the one BaselineAdminNetworkPolicy this order; elsewhere it is alone in its strand.
    private const int BaselinePriority = 1000;

    public static TieredPolicy Translate(AdminPolicy policy, EngineLayout layout)
    {
        var rank = new PolicyRank(
            policy.IsBaseline ? layout.Baseline : layout.Admin,
            policy.Priority ?? BaselinePriority,
            layout.TieBreaker("Kubernetes" + policy.Kind, "kanp.adminnetworkpolicy", null, policy.Name))
        {
            // No API says which comes first, the policies of v1alpha1 or those of v1alpha2.
            Strand = layout.BreaksTiesByName ? "" : policy.PolicyKind.Versions[0],
        };
        return new TieredPolicy(
            new PolicyOrigin(AdminTierDialect.Instance.Name, policy),
            rank,
            policy.Subject is { } subject ? Subjects(subject) : EndpointTerm.Nobody,
            Rules(policy, PolicyDirection.Ingress, layout),
            Rules(policy, PolicyDirection.Egress, layout));
    }

    private static RuleList? Rules(AdminPolicy policy, PolicyDirection direction, EngineLayout layout)
    {
        var given = policy.Rules(direction);
        if (given.Count == 0)
            return null;
        var (field, peersField) = direction == PolicyDirection.Ingress ? ("ingress", "from") : ("egress", "to");
        return new RuleList(
            [.. given.Select((rule, i) =>
                Translate(rule, layout, peersField, new RuleOrigin($"spec.{field}[{i}]", rule.Location, rule.Name)))],
            Unmatched.NextTier);
    }

    private static TrafficRule Translate(AdminRule rule, EngineLayout layout, string peersField, RuleOrigin origin)
    {
        var action = AdminPolicyKind.ActionOf(rule.Action!);
        var peers = rule.Peers ?? [];
        var isUnknown = peers.Any(peer => peer.IsUnknown || (!layout.KnowsNodesAndDomainNames && (peer.Nodes ?? (object?)peer.DomainNames) is not null))
            || rule.Ports?.Any(static port => port.MemberCount == 0) == true;

        // What a later version means fails closed: it allows nobody, and where it denies or passes it denies everybody.
        if (isUnknown)
        {
            return action == RuleAction.Allow
                ? new TrafficRule(action, [], PortTerm.Nothing, origin)
                : new TrafficRule(RuleAction.Deny, [new RulePeer(EndpointTerm.Everyone, peersField)], PortTerm.Everything, origin);
        }

        return new TrafficRule(action, [.. peers.Select((peer, i) => new RulePeer(Peer(peer), $"{peersField}[{i}]"))], Ports(rule), origin);
    }

    internal static EndpointTerm.Pods Subjects(AdminSubject subject) => subject.Pods is { } pods
        ? Pods(pods)
        : new EndpointTerm.Pods(Selected(LabelOwner.Namespace, subject.Namespaces!));

    private static EndpointTerm.Pods Pods(AdminPods pods) => new(LabelPredicate.Both(
        pods.PodSelector is { } selector ? Selected(LabelOwner.Pod, selector) : LabelPredicate.Never,
        pods.NamespaceSelector is { } namespaces ? Selected(LabelOwner.Namespace, namespaces) : LabelPredicate.Always));

    internal static EndpointTerm Peer(AdminPeer peer)
    {
        if (peer.Namespaces is { } namespaces)
            return new EndpointTerm.Pods(Selected(LabelOwner.Namespace, namespaces));
        if (peer.Pods is { } pods)
            return Pods(pods);
        if (peer.Nodes is { } nodes)
            return new EndpointTerm.Nodes(Selected(LabelOwner.Node, nodes));
        if (peer.Networks is { } networks)
            return new EndpointTerm.Addresses([.. networks.Select(Range)], [], PodMatch.Yes);

        // A name may resolve to any address, that of a pod too.
        var names = peer.DomainNames!;
        return new EndpointTerm.SomeOf(EndpointTerm.Everyone, $"the addresses of {string.Join(", ", names)}");
    }

    /// <summary>A selector that no enforcer can use picks nothing; that was reported.</summary>
    private static LabelPredicate Selected(LabelOwner owner, LabelSelector selector) =>
        AdminPolicyRules.IsUsable(selector) ? LabelPredicate.Of(owner, selector) : LabelPredicate.Never;

    private static PortTerm Ports(AdminRule rule)
    {
        if (rule.Ports is not { Count: > 0 })
            return PortTerm.Everything;
        ImmutableArray<PortTerm> ports = [.. rule.Ports.SelectMany(Ports)];
        return ports.Length == 1 ? ports[0] : new PortTerm.AnyOf(ports);
    }

    private static IEnumerable<PortTerm> Ports(AdminPort port)
    {
        if (port.PortName is not null)
            yield return new PortTerm.Named(port.PortName, null);
        if (port.PortNumber is { } number)
            yield return Range(number.Protocol, number.Port!.Value, number.Port.Value);
        if (port.PortRange is { } range)
            yield return Range(range.Protocol, range.Start!.Value, range.End!.Value);
        foreach (var protocol in port.Protocols)
        {
            var name = protocol.Name.ToUpperInvariant();
            yield return protocol.DestinationPort switch
            {
                { Number: { } only } => Range(name, only, only),
                { Range: { } given } => Range(name, given.Start!.Value, given.End!.Value),
                _ => Range(name, PortSet.MinPort, PortSet.MaxPort),
            };
        }
    }

    /// <summary>v1alpha1 takes any text for a protocol; what is none matches nothing.</summary>
    private static PortTerm Range(string? protocol, int first, int last) => (protocol ?? "TCP") switch
    {
        "TCP" => new PortTerm.Range(Protocol.TCP, first, last),
        "UDP" => new PortTerm.Range(Protocol.UDP, first, last),
        "SCTP" => new PortTerm.Range(Protocol.SCTP, first, last),
        _ => PortTerm.Nothing,
    };

    private static AddressRange Range(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out _)
        ? range
        : throw new ArgumentException($"'{cidr}' is not a CIDR block.", nameof(cidr));
}
