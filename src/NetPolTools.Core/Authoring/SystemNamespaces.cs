using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NetPolTools.Authoring;

/// <summary>Namespaces in which a cluster's own parts run: what is closed there may take the cluster down, DNS and network plugins first.</summary>
public static class SystemNamespaces
{
    /// <summary>Those that Kubernetes makes itself.</summary>
    public static readonly ImmutableArray<string> OfEveryCluster = ["kube-node-lease", "kube-public", "kube-system"];

    private static readonly FrozenSet<string> Names =
        new[] { "calico-apiserver", "calico-system", "cilium-secrets", "openshift", "ovn-kubernetes", "tigera-operator" }.ToFrozenSet();

    /// <summary>Kubernetes keeps the prefix kube- for itself, OpenShift openshift-, and GKE gke- and gmp-.</summary>
    private static readonly ImmutableArray<string> Prefixes = ["kube-", "openshift-", "gke-", "gmp-"];

    public static bool Contains(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
