namespace NetPolTools.Cni.Catalogue;

/// <summary>What a NetworkPolicy, or a policy kind beside it, can ask of a network plugin.</summary>
public enum PolicyFeature
{
    /// <summary>Anything that is no field of a policy, such as the size of a cluster.</summary>
    Other,

    Ingress,

    Egress,

    NamespaceSelector,

    IPBlock,

    /// <summary><c>except</c> of an ipBlock.</summary>
    IPBlockExcept,

    /// <summary>An ipBlock that is to match pods by their addresses.</summary>
    IPBlockOnPods,

    /// <summary>An ipBlock that is to match nodes by their addresses.</summary>
    IPBlockOnNodes,

    NamedPort,

    EndPort,

    Sctp,

    /// <summary>Traffic over IPv6, and ipBlocks of it.</summary>
    IPv6,

    /// <summary>Policies that select pods with hostNetwork. The API leaves open what they mean.</summary>
    HostNetwork,

    /// <summary>AdminNetworkPolicy of policy.networking.k8s.io/v1alpha1.</summary>
    AdminNetworkPolicy,

    /// <summary>BaselineAdminNetworkPolicy of policy.networking.k8s.io/v1alpha1.</summary>
    BaselineAdminNetworkPolicy,

    /// <summary>ClusterNetworkPolicy of policy.networking.k8s.io/v1alpha2.</summary>
    ClusterNetworkPolicy,
}
