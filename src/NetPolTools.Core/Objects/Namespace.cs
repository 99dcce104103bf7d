namespace NetPolTools.Objects;

public sealed record Namespace(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "Namespace";

    /// <summary>Set by the API server on every namespace since Kubernetes 1.22, whatever users write there.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>Whether the input does not hold it and only names it, as the namespace of other objects: then its labels are not known.</summary>
    public bool IsOnlyMentioned { get; init; }

    public override string Kind => KindName;
}
