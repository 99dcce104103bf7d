using NetPolTools.Objects;

namespace NetPolTools.Authoring.Denying;

/// <summary>What a default deny leaves open, as rules of the policies that say so.</summary>
/// <param name="Name">Of the policy, such as <c>allow-dns</c>.</param>
/// <param name="Ingress">Rules that let traffic in.</param>
/// <param name="Egress">Rules that let traffic out.</param>
internal sealed record DenyException(string Name, IReadOnlyList<NetworkPolicyRule> Ingress, IReadOnlyList<NetworkPolicyRule> Egress);
