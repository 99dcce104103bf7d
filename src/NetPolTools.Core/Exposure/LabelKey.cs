using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>A label that somebody may choose: of a pod, of its namespace or of its service account.</summary>
/// <param name="Owner">Whose label it is.</param>
/// <param name="Key">As manifests write it.</param>
internal readonly record struct LabelKey(LabelOwner Owner, string Key)
{
    /// <summary>The name of the pod's service account, which policies ask for like a label.</summary>
    public static readonly LabelKey AccountName = new(LabelOwner.ServiceAccount, "");

    /// <summary>The name of the pod's namespace: the label that every namespace has by its name.</summary>
    public static readonly LabelKey NamespaceName = new(LabelOwner.Namespace, Namespace.NameLabel);

    /// <summary>Whether there always is a value.</summary>
    public bool IsNeverAbsent => this == AccountName || this == NamespaceName;

    /// <summary>Whether the API server takes a value.</summary>
    public bool Takes(string value) =>
        this == AccountName ? NameRules.CheckSubdomain(value) is null
        : this == NamespaceName ? NameRules.CheckDnsLabel(value) is null
        : NameRules.CheckLabelValue(value) is null;
}
