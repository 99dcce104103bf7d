namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>What a rule of a ClusterNetworkPolicy does, in the words of the API.</summary>
public enum ClusterPolicyAction
{
    /// <summary>The traffic is allowed, and nothing that comes later is asked.</summary>
    Accept,

    /// <summary>The traffic is denied, and nothing that comes later is asked.</summary>
    Deny,

    /// <summary>The rest of the tier is left out: NetworkPolicies decide, or what comes behind them.</summary>
    Pass,
}
