namespace NetPolTools.Authoring.Denying;

/// <summary>Who answers a cluster's DNS queries, as a policy sees it.</summary>
public enum DnsProvider
{
    /// <summary>CoreDNS or kube-dns: pods of kube-system with k8s-app=kube-dns, on port 53.</summary>
    KubeDns,

    /// <summary>NodeLocal DNSCache: no pod to policies, but the address 169.254.20.10 of every node, on port 53.</summary>
    NodeLocal,

    /// <summary>OpenShift's: pods of openshift-dns, on port 5353.</summary>
    OpenShift,
}
