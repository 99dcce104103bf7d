using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>A rule: what to do with traffic that has any of the peers, on the ports.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Peers">
/// The other end: any of them. None means that the rule matches nothing; a rule for every peer has <see cref="EndpointTerm.Everyone"/>.
/// </param>
/// <param name="Ports">The kinds of traffic and the ports of the destination.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record TrafficRule(RuleAction Action, ImmutableArray<RulePeer> Peers, PortTerm Ports, RuleOrigin Origin)
{
    /// <summary>
    /// Of the policy's subjects those that the rule is about; null for all. Calico's rules name the local end too (<c>source</c> of an egress rule).
    /// </summary>
    public EndpointTerm? Only { get; init; }

    /// <summary>
    /// What of the rule the model cannot express exactly and the answer leaves out, such as restrictions on HTTP: a sentence each, for the notes of
    /// connections that the rule decides.
    /// </summary>
    public ImmutableArray<string> Caveats { get; init; } = [];
}
