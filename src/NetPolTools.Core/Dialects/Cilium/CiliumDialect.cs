using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Validation;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>The policies of Cilium: CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, and the CiliumCIDRGroups that they name.</summary>
public sealed class CiliumDialect : PolicyDialect
{
    public const string DialectName = "Cilium";

    private const string Group = "cilium.io";
    private const string Lack = "They decide traffic beside NetworkPolicies, so the answer may be wrong where there are any.";

    public static readonly CiliumDialect Instance = new();

    private CiliumDialect()
    {
    }

    public override string Name => DialectName;

    public override string? Engine => "cilium";

    public override ImmutableArray<PolicyResource> Resources { get; } =
    [
        new(Group, CiliumPolicy.Namespaced, "ciliumnetworkpolicies", IsNamespaced: true, ["v2"], Lack),
        new(Group, CiliumPolicy.Clusterwide, "ciliumclusterwidenetworkpolicies", IsNamespaced: false, ["v2"], Lack),
        new(Group, CiliumCidrGroup.KindName, "ciliumcidrgroups", IsNamespaced: false, ["v2", "v2alpha1"],
            "Policies that name groups of blocks then mean no address by them."),
    ];

    public override EngineLayout Adapt(EngineLayout layout, ClusterSnapshot snapshot) =>
        Adapt(layout, CiliumSettings.Of(snapshot, static _ => { }));

    private EngineLayout Adapt(EngineLayout layout, CiliumSettings settings) => layout with
    {
        Own = this,
        NodesReachTheirPods = settings.AllowsOwnNode,
        BlocksMeanPods = settings.CidrsMatchPods,
        BlocksMeanNodes = settings.CidrsMatchNodes,
        EndAddresses = settings.ApiServers.IsEmpty ? [] : [(CiliumEntities.KubeApiServer, settings.ApiServers)],
        Settings = [.. settings.All.Select(static setting => setting.ToString())],
    };

    public override bool IsSettings(PluginTrace found) => found is { Kind: "ConfigMap", Name: CiliumSettings.ConfigMap };

    public override bool IsMeantFor(NetworkPolicy policy) => policy.HasPodSelector(static selector => selector.HasKey(CiliumKey.IsOfIdentities));

    public override IEnumerable<TieredPolicy> Translate(TranslationContext context)
    {
        var settings = CiliumSettings.Of(context.Snapshot, context.Report);
        CiliumPolicy[] policies = [.. context.Objects<CiliumPolicy>()];
        return new CiliumTranslator(context, settings, policies).Translate().Concat(CiliumModes.DefaultDeny(settings, context.Layout));
    }

    public override IEnumerable<(NetworkPolicy Policy, IEnumerable<TieredPolicy> Translated)> TakeOver(TranslationContext context)
    {
        var settings = CiliumSettings.Of(context.Snapshot, static _ => { });
        var reader = new CiliumNetworkPolicies(new CiliumSelectors(settings), CiliumRanks.Of(context.Layout), context.Layout);
        foreach (var policy in context.Snapshot.NetworkPolicies.Where(reader.IsOther))
        {
            foreach (var message in CiliumNetworkPolicyWarnings.Of(policy, reader))
                context.Report(message);
            yield return (policy, reader.Translate(policy));
        }
    }

    public override ManifestMap? ManifestOf(PolicyObject found) => found switch
    {
        CiliumPolicy policy => CiliumManifest.Of(policy),
        CiliumCidrGroup group => CiliumManifest.Of(group),
        _ => null,
    };

    public override IReadOnlyList<FieldError> Check(PolicyObject found) => found is CiliumPolicy policy ? CiliumPolicyRules.Check(policy) : [];

    public override IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Warn(PolicyObject found) =>
        found is CiliumPolicy policy ? CiliumPolicyWarnings.Check(policy) : [];

    internal override ObjectDraft NewDraft(PolicyResource resource) =>
        resource.Kind == CiliumCidrGroup.KindName ? new CiliumCidrGroupDraft() : new CiliumPolicyDraft(resource.Kind == CiliumPolicy.Clusterwide);
}
