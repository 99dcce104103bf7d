namespace NetPolTools.Dialects.Calico;

/// <summary>
/// Labels that Calico gives to endpoints beside their own (libcalico-go/lib/backend/k8s/conversion): what they inherit from namespaces and service accounts has
/// a prefix.
/// </summary>
internal static class CalicoLabels
{
    public const string Namespace = "projectcalico.org/namespace";
    public const string ServiceAccount = "projectcalico.org/serviceaccount";
    public const string Orchestrator = "projectcalico.org/orchestrator";

    /// <summary>The orchestrator of every pod.</summary>
    public const string Kubernetes = "k8s";

    /// <summary>Before the labels of the namespace.</summary>
    public const string OfNamespace = "pcns.";

    /// <summary>Before the labels of the service account.</summary>
    public const string OfServiceAccount = "pcsa.";

    /// <summary>A label of every namespace and service account: its name.</summary>
    public const string Name = "projectcalico.org/name";
}
