namespace NetPolTools.Objects;

public sealed record Namespace(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "Namespace";

    /// <summary>Set by the API server on every namespace since Kubernetes 1.22, whatever users write there.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    public override string Kind => KindName;
}
