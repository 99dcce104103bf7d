namespace NetPolTools.Objects;

/// <summary>A service account: policies of some APIs go by its labels.</summary>
public sealed record ServiceAccount(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "ServiceAccount";

    /// <summary><c>automountServiceAccountToken</c> for pods that do not say it themselves; null for yes.</summary>
    public bool? MountsToken { get; init; }

    public override string Kind => KindName;
}
