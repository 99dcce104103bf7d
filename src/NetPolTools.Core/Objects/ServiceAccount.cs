namespace NetPolTools.Objects;

/// <summary>A service account: policies of some APIs go by its labels.</summary>
public sealed record ServiceAccount(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "ServiceAccount";

    public override string Kind => KindName;
}
