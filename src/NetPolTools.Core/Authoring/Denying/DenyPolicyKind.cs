namespace NetPolTools.Authoring.Denying;

/// <summary>What a default deny is written as.</summary>
public enum DenyPolicyKind
{
    /// <summary>NetworkPolicies in each namespace that is closed; what enforces policies at all enforces them.</summary>
    NetworkPolicy,

    /// <summary>One ClusterNetworkPolicy of the tier Baseline, for namespaces to come too.</summary>
    ClusterNetworkPolicy,

    /// <summary>The one BaselineAdminNetworkPolicy that a cluster may have: the form before ClusterNetworkPolicy, as OpenShift has it.</summary>
    BaselineAdminNetworkPolicy,
}
