using NetPolTools.Objects;

namespace NetPolTools.Repairing;

/// <summary>Policies with other rules.</summary>
internal static class RuleChanges
{
    public static NetworkPolicy Of(NetworkPolicy policy, PolicyDirection direction, IReadOnlyList<NetworkPolicyRule> rules) =>
        direction == PolicyDirection.Ingress ? policy with { Ingress = rules } : policy with { Egress = rules };
}
