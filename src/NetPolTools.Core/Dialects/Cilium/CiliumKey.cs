using NetPolTools.Objects;

namespace NetPolTools.Dialects.Cilium;

/// <summary>A key of a selector: a label with the source that it must come from. <c>k8s:app</c>, <c>reserved:host</c>, <c>app</c>.</summary>
/// <param name="Source">Empty and <c>any</c> for any source.</param>
/// <param name="Name">The key of the label.</param>
internal readonly record struct CiliumKey(string Source, string Name)
{
    public const string Namespace = "io.kubernetes.pod.namespace";
    public const string NamespaceLabels = "io.cilium.k8s.namespace.labels.";
    public const string ClusterName = "io.cilium.k8s.policy.cluster";
    public const string ServiceAccount = "io.cilium.k8s.policy.serviceaccount";

    /// <summary>What the keys that Cilium adds to every pod begin with; labels that people give with such keys are dropped.</summary>
    public const string Own = "io.cilium.k8s";

    public const string Kubernetes = "k8s";
    public const string Reserved = "reserved";

    public static CiliumKey Parse(string key)
    {
        var colon = key.IndexOf(':');
        return colon < 0 ? new CiliumKey("", key) : new CiliumKey(key[..colon], key[(colon + 1)..]);
    }

    /// <summary>What stands behind the source, where a key has one.</summary>
    public static string NameIn(string key) => key[NameAt(key)..];

    /// <summary>Where that begins.</summary>
    public static int NameAt(string key) => key.IndexOf(':') + 1;

    public bool IsReserved => Source == Reserved;

    /// <summary>Whether it is of a label of the pod's namespace.</summary>
    public bool IsOfNamespace => Name.StartsWith(NamespaceLabels, StringComparison.Ordinal);

    /// <summary>Whether labels of Kubernetes objects can be meant.</summary>
    public bool IsOfKubernetes => Source is "" or "any" or Kubernetes;

    /// <summary>Whether Cilium adds labels with such a key to the identities of pods.</summary>
    public static bool IsOfIdentities(string key) => key == Namespace || key.StartsWith(Own + ".", StringComparison.Ordinal);

    /// <summary>The same selector with the keys alone, to be checked as any other selector.</summary>
    public static LabelSelector WithoutSources(LabelSelector selector) =>
        selector.HasKey(static key => key.Contains(':'))
            ? selector with
            {
                MatchLabels = [.. selector.MatchLabels.Select(static label => KeyValuePair.Create(NameIn(label.Key), label.Value))],
                MatchExpressions = [.. selector.MatchExpressions.Select(static requirement => requirement with { Key = NameIn(requirement.Key) })],
            }
            : selector;
}
