using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads an object of Calico, in the API's form or in that in which it is stored.</summary>
internal abstract class CalicoDraft : PolicyDraft
{
    /// <summary>Where the storage form has the metadata that Calico shows.</summary>
    private const string MetadataAnnotation = "metadata.annotations";

    private readonly CalicoKind _kind;
    private readonly PolicyResource _resource;

    protected CalicoDraft(CalicoKind kind, PolicyResource resource)
        : base(kind.ShownAs)
    {
        _kind = kind;
        _resource = resource;

        // calicoctl knows that a name is a text, whatever YAML makes of it; kubectl sends what YAML makes of it.
        Metadata.ScalarNameAdvice = "calicoctl takes it as a text, kubectl does not; quote it.";
    }

    public override string? ShownKind => _kind.ShownAs;

    protected CalicoKind CalicoKind => _kind;

    /// <inheritdoc cref="CalicoObject.IsStorageForm"/>
    protected bool IsStorageForm => _resource.Group == CalicoKind.StorageGroup;

    /// <summary>The tier that the spec says; null for none, and for kinds without tiers.</summary>
    protected virtual string? Tier => null;

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var shown = Complete(metadata);
        if (IsStorageForm && !CalicoStoredMetadata.TryRead(shown, _kind, Tier, out shown, out var problem))
        {
            var place = Find(MetadataAnnotation, CalicoStoredMetadata.Key);
            context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, problem, MetadataAnnotation, place);
            return null;
        }

        var made = Make(shown, metadata.Name);
        made = made with { IsStorageForm = IsStorageForm, Location = location };
        var refusals = CalicoRules.Check(made).ToLookup(static refusal => refusal.IsByAll);
        if (ReportAll([.. refusals[true].Select(static refusal => refusal.Error)], context, metadata))
            return null;
        foreach (var refusal in refusals[false])
        {
            context.Report(
                DiagnosticId.InvalidValue, DiagnosticSeverity.Warning, $"{refusal.Error.Message} {refusal.When}", refusal.Error.Path,
                Find(refusal.Error.Path, refusal.Error.MapKey));
        }

        if (!HasSpec && _kind.IsPolicy)
        {
            var where = _kind.IsNamespaced ? " of the namespace" : "";
            context.Report(
                DiagnosticId.MissingSpec, DiagnosticSeverity.Warning,
                $"The policy has no spec. Calico takes it as one that selects every endpoint{where} and has no rules.", "spec", location);
        }

        return made;
    }

    /// <summary>The object of what was read.</summary>
    /// <param name="metadata">As Calico shows it.</param>
    /// <param name="writtenName">The name as it stands in the input.</param>
    protected abstract CalicoObject Make(ObjectMetadata metadata, string writtenName);
}
