using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

internal sealed class ServiceAccountDraft : ObjectDraft
{
    private bool? _mountsToken;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "automountServiceAccountToken")
            _mountsToken = QuietWalk.Text(fields.Tokens) is { } text ? text == "true" : null;
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) =>
        new ServiceAccount(metadata) { MountsToken = _mountsToken, Location = location };
}
