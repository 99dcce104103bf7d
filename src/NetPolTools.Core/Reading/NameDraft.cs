using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>Reads no more than the name of an object that takes no part, so that what is wrong with it is reported for that object.</summary>
internal sealed class NameDraft : ObjectDraft
{
    private ObjectMetadata _metadata = ObjectMetadata.Empty;

    public override bool NeedsName => false;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "metadata")
            _metadata = QuietMetadata.Read(fields.Tokens);
        else
            fields.Skip();
    }

    public override ObjectMetadata CompleteMetadata(ObjectKind kind, BindingContext context) =>
        _metadata with { Namespace = kind.IsNamespaced ? _metadata.Namespace ?? context.DefaultNamespace : null };

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => null;
}
