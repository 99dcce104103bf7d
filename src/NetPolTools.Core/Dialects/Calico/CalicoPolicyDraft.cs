using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a policy with rules of Calico.</summary>
internal sealed class CalicoPolicyDraft(CalicoKind kind, PolicyResource resource) : CalicoDraft(kind, resource)
{
    private CalicoPolicy _read = new(kind, ObjectMetadata.Empty);

    protected override string? Tier => _read.Tier;

    protected override CalicoObject Make(ObjectMetadata metadata, string writtenName) =>
        _read with { Metadata = metadata, StoredName = IsStorageForm ? writtenName : null };

    protected override void ReadSpec(FieldReader fields) => _read = new CalicoPolicySpecReader(CalicoKind, fields).Read();

    protected override bool IsSpecField(string name) => CalicoPolicySpecReader.IsSpecField(name);
}
