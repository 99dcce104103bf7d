using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>An object while its fields come in. Fields other than apiVersion and kind arrive in any order.</summary>
internal abstract class ObjectDraft
{
    protected MetadataDraft Metadata { get; } = new();

    /// <inheritdoc cref="MetadataDraft.IsNameWrong"/>
    public bool IsNameWrong => Metadata.IsNameWrong;

    /// <summary>Whether an object of the kind is nothing without a name.</summary>
    public virtual bool NeedsName => true;

    /// <summary>The kind as messages say it, where manifests have a name that is also another kind's; otherwise null.</summary>
    public virtual string? ShownKind => null;

    /// <inheritdoc cref="MetadataDraft.Kind"/>
    public ObjectKind? Kind
    {
        get => Metadata.Kind;
        set => Metadata.Kind = value;
    }

    /// <summary>Reads one top-level field, beginning on the value's first token and ending on its last.</summary>
    public virtual void ReadField(string name, FieldReader fields)
    {
        if (name == "metadata")
            Metadata.Read(fields);
        else
            fields.Skip();
    }

    /// <summary>The whole object, or null when it cannot be used; then the reason was reported.</summary>
    /// <param name="context">Takes diagnostics and gives what is shared.</param>
    /// <param name="metadata">Complete: named, and with a namespace where the kind has one.</param>
    /// <param name="location">Where the object begins, for what has no better place.</param>
    public abstract KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location);

    public virtual ObjectMetadata CompleteMetadata(ObjectKind kind, BindingContext context) => new()
    {
        Name = Metadata.Name,
        IsNameGenerated = Metadata.IsNameGenerated,
        Namespace = kind.IsNamespaced ? Metadata.Namespace ?? context.DefaultNamespace : null,
        IsNamespaceAssumed = kind.IsNamespaced && Metadata.Namespace is null,
        Labels = Metadata.Labels,
        Controller = Metadata.Controller,
        Annotations = Metadata.Annotations,
    };
}
