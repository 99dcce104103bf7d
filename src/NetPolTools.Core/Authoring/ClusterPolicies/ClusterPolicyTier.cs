namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>Where a ClusterNetworkPolicy stands, in the words of the API.</summary>
public enum ClusterPolicyTier
{
    /// <summary>Before the NetworkPolicies.</summary>
    Admin,

    /// <summary>Behind the NetworkPolicies, for pods that none of them isolates.</summary>
    Baseline,
}
