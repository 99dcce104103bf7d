using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Calico;

/// <summary>Calico: its policies, tiers, network sets and host endpoints.</summary>
public sealed class CalicoDialect : PolicyDialect
{
    public static readonly CalicoDialect Instance = new();

    private CalicoDialect()
    {
    }

    public override string Name => "Calico";

    public override string? Engine => "calico";

    public override ImmutableArray<PolicyResource> Resources { get; } =
    [
        .. CalicoKind.All.SelectMany(static kind =>
        {
            var stored = new PolicyResource(
                CalicoKind.StorageGroup, kind.Name, kind.Plural, kind.IsNamespaced, [CalicoKind.StorageVersion], LackOf(kind));
            return new[] { stored with { Group = CalicoKind.Group, Versions = [CalicoKind.Version], Substitute = stored }, stored };
        }),
    ];

    /// <summary>Calico reads NetworkPolicies as they are written.</summary>
    public override EngineLayout Adapt(EngineLayout layout, Snapshot.ClusterSnapshot snapshot) => layout;

    public override Snapshot.ClusterSnapshot WithStaged(Snapshot.ClusterSnapshot snapshot) => CalicoStaging.WithStaged(snapshot);

    public override IEnumerable<TieredPolicy> Translate(TranslationContext context) => new CalicoTranslator(context).Translate();

    public override ManifestMap? ManifestOf(PolicyObject found) => found is CalicoObject given ? CalicoManifest.Of(given) : null;

    public override IReadOnlyList<FieldError> Check(PolicyObject found) => found is CalicoObject given ? CalicoRules.CheckForAll(given) : [];

    internal override ObjectDraft NewDraft(PolicyResource resource)
    {
        var kind = CalicoKind.All.Single(kind => kind.Name == resource.Kind);
        if (kind.IsPolicy)
            return new CalicoPolicyDraft(kind, resource);
        if (kind == CalicoKind.Tier)
            return new CalicoTierDraft(resource);
        if (kind == CalicoKind.HostEndpoint)
            return new CalicoHostEndpointDraft(resource);
        return kind == CalicoKind.StagedKubernetesNetworkPolicy ? new CalicoStagedKubernetesDraft(resource) : new CalicoNetworkSetDraft(kind, resource);
    }

    private static string LackOf(CalicoKind kind)
    {
        if (kind.IsStaged)
            return "They have no effect, so only a preview of them lacks them.";
        return kind.IsPolicy ? "They decide beside NetworkPolicies, so the answer may be wrong where there are any."
            : "Calico's policies may name them, so the answer may be wrong where they do.";
    }
}
