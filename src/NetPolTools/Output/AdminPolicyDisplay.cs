using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of policies of the admin tiers and their parts.</summary>
public static class AdminPolicyDisplay
{
    /// <summary>Of AdminNetworkPolicies and the baseline too, which do not write it.</summary>
    public static string Tier(AdminPolicy policy) => policy.IsBaseline ? AdminPolicyKind.BaselineTier : AdminPolicyKind.AdminTier;

    /// <summary>The pods that a policy is about.</summary>
    public static string Subject(AdminPolicy policy) => AdminPolicyText.Subject(policy);

    /// <summary>How many rules there are for ingress.</summary>
    public static string IngressCount(AdminPolicy policy) => Count(policy, PolicyDirection.Ingress);

    /// <summary>Likewise for egress.</summary>
    public static string EgressCount(AdminPolicy policy) => Count(policy, PolicyDirection.Egress);

    /// <summary>The rules for ingress, a line each: the first that matches acts.</summary>
    public static string Ingress(AdminPolicy policy) => Rules(policy, PolicyDirection.Ingress);

    /// <summary>Likewise for egress.</summary>
    public static string Egress(AdminPolicy policy) => Rules(policy, PolicyDirection.Egress);

    /// <summary>The peers of a rule, one below the other: any of them will do.</summary>
    public static string Peers(AdminRule rule) => string.Join('\n', (rule.Peers ?? []).Select(Peer));

    /// <summary>The ports of a rule.</summary>
    public static string Ports(AdminRule rule) => AdminPolicyText.Ports(rule);

    /// <summary>A peer in words.</summary>
    public static string Peer(AdminPeer peer) => AdminPolicyText.Peer(peer);

    private static string Count(AdminPolicy policy, PolicyDirection direction) => policy.Rules(direction).Count switch
    {
        0 => "",
        1 => "1 rule",
        var count => $"{count} rules",
    };

    private static string Rules(AdminPolicy policy, PolicyDirection direction) => string.Join('\n', policy.Rules(direction).Select(AdminPolicyText.Rule));
}
