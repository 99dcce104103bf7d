using NetPolTools.Text;

namespace NetPolTools.Objects;

/// <summary>An object of a cluster, reduced to what decides who can talk to whom.</summary>
public abstract record KubernetesObject(ObjectMetadata Metadata)
{
    public ObjectMetadata Metadata { get; internal init; } = Metadata;

    public abstract string Kind { get; }

    /// <summary>Where the object begins in its input.</summary>
    public SourceLocation Location { get; internal init; }

    public string Name => Metadata.Name;

    /// <summary><c>Deployment shop/web</c>.</summary>
    public sealed override string ToString() => Describe();

    public ObjectReference Reference => new(Kind, Metadata.Namespace, Metadata.Name);

    /// <summary>The object in a few words; without this, records print all they hold.</summary>
    protected virtual string Describe() => Reference.ToString();
}
