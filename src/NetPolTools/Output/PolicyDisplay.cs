using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of policies and their parts.</summary>
public static class PolicyDisplay
{
    /// <summary>The pods that a policy selects.</summary>
    public static string Pods(NetworkPolicy policy) => policy.PodSelector.SelectsEverything ? "all" : policy.PodSelector.ToString();

    /// <summary>How much a policy says of ingress: nothing where it does not isolate.</summary>
    public static string IngressCount(NetworkPolicy policy) => Count(policy, PolicyDirection.Ingress);

    /// <summary>Likewise of egress.</summary>
    public static string EgressCount(NetworkPolicy policy) => Count(policy, PolicyDirection.Egress);

    /// <summary>Whom a policy lets in, a line for each rule.</summary>
    public static string Ingress(NetworkPolicy policy) => Rules(policy, PolicyDirection.Ingress);

    /// <summary>Whom it lets its pods reach, likewise.</summary>
    public static string Egress(NetworkPolicy policy) => Rules(policy, PolicyDirection.Egress);

    /// <summary>The peers of a rule, one below the other: any of them will do.</summary>
    public static string Peers(NetworkPolicyRule rule) => string.Join('\n', rule.PeerTexts());

    /// <summary>The ports of a rule.</summary>
    public static string Ports(NetworkPolicyRule rule) => rule.PortText();

    /// <summary>A peer in words.</summary>
    public static string Peer(NetworkPolicyPeer peer) => peer.ToString();

    private static string Count(NetworkPolicy policy, PolicyDirection direction) => policy.Rules(direction).Count switch
    {
        _ when !policy.Isolates(direction) => "",
        0 => "nothing",
        1 => "1 rule",
        var count => $"{count} rules",
    };

    private static string Rules(NetworkPolicy policy, PolicyDirection direction)
    {
        if (!policy.Isolates(direction))
            return "not isolated";
        var rules = policy.Rules(direction);
        return rules.Count == 0 ? "nothing"
            : string.Join('\n', rules);
    }
}
