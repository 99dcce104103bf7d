using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the API of NetworkPolicies leaves open, as a rule: ICMP and other protocols may be allowed, whatever the rules of a policy say. What it does not allow
/// is denied where the policy isolates, so both is possible.
/// </summary>
internal static class OpenIcmp
{
    public static readonly TrafficRule Rule = new(
        RuleAction.Allow,
        [new RulePeer(new EndpointTerm.SomeOf(EndpointTerm.Everyone, "what the network plugin does with ICMP and other protocols"), "")],
        new PortTerm.AllOf([.. Protocols.WithPorts.Select(static protocol => new PortTerm.Not(PortTerm.Every(protocol)))]),
        new RuleOrigin("spec", default));
}
