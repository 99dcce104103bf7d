using NetPolTools.Objects;

namespace NetPolTools.Policies;

/// <summary>
/// A policy of any API in the form that every API shares, as a dialect translates it. One object may give several, for example one per entry of a
/// CiliumNetworkPolicy's <c>specs</c>.
/// </summary>
/// <param name="Origin">The object it comes from.</param>
/// <param name="Rank">Where it stands among all policies of a cluster.</param>
/// <param name="Subjects">The endpoints whose traffic it decides: pods or nodes.</param>
/// <param name="Ingress">What subjects may receive; null where the policy does not apply to ingress at all.</param>
/// <param name="Egress">What subjects may send; null where the policy does not apply to egress at all.</param>
public sealed record TieredPolicy(PolicyOrigin Origin, PolicyRank Rank, EndpointTerm Subjects, RuleList? Ingress, RuleList? Egress)
{
    /// <summary>Whether it comes from a setting of the engine, and not from a policy that somebody wrote.</summary>
    public bool IsOfEngine { get; init; }

    /// <summary>Null where the policy does not apply to this direction.</summary>
    public RuleList? Rules(PolicyDirection direction) => direction == PolicyDirection.Ingress ? Ingress : Egress;
}
