using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

internal sealed class ServiceAccountDraft : ObjectDraft
{
    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) =>
        new ServiceAccount(metadata) { Location = location };
}
