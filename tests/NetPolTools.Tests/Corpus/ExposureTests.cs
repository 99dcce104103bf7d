using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Tests.Exposure;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// The cases by which np-guard/netpol-analyzer tries its exposure analysis. For each selector of a rule it tells of one pod that fits; such pods, in namespaces
/// that exist and in new ones that fit, get from us what they would get if they were created.
/// </summary>
public sealed class ExposureTests
{
    public static TheoryData<string, string> Cases =>
    [
        .. Of("netpol"),
        .. Of("admin"),
    ];

    [CorpusTheory]
    [MemberData(nameof(Cases))]
    public void A_pod_that_fits_a_selector_gets_what_is_told(string part, string name)
    {
        var snapshot = Cluster.OfPaths(CorpusFolder.PathOf(part, name, "input")).Snapshot;
        var report = Exposed.Report(snapshot, static _ => true);
        var told = report.Lines(GroupBy.Pod).ToLookup(static line => (line.Workload, line.Direction));
        Assert.Empty(report.Cut);
        foreach (var pod in Fitting(snapshot.NetworkPolicies))
            ExposureProperties.Check(snapshot, told, [], pod);

        IEnumerable<RandomNewPod> Fitting(IEnumerable<NetworkPolicy> policies)
        {
            var peers = policies.SelectMany(static policy => policy.Rules(PolicyDirection.Ingress).Concat(policy.Rules(PolicyDirection.Egress)))
                .SelectMany(static rule => rule.Peers ?? []).Where(static peer => peer.IPBlock is null);
            LabelSet[] pods = [LabelSet.Empty, .. peers.Select(static peer => LabelsOf(peer.PodSelector)).Distinct()];
            var namespaces = peers.Select(static peer => LabelsOf(peer.NamespaceSelector)).Append(LabelSet.Empty).Distinct()
                .Where(static labels => !labels.TryGet(Namespace.NameLabel, out _))
                .Select(static labels => new Namespace(new ObjectMetadata { Name = "brand-new", Labels = labels.With(Namespace.NameLabel, "brand-new") }));
            return snapshot.Namespaces.Select(static ns => (ns, IsNew: false)).Concat(namespaces.Select(static ns => (ns, IsNew: true)))
                .SelectMany(place => pods.Select(labels =>
                    new RandomNewPod(place.ns, place.IsNew, labels, PodSpec.DefaultServiceAccount, LabelSet.Empty, IsNewAccount: false)));
        }
    }

    private static IEnumerable<TheoryDataRow<string, string>> Of(string part) => CorpusFolder.Cases(part)
        .Where(static name => name.StartsWith("exposure_", StringComparison.Ordinal)).Select(name => new TheoryDataRow<string, string>(part, name));

    private static LabelSet LabelsOf(LabelSelector? selector) => selector is null ? LabelSet.Empty : LabelSet.Create(selector.MatchLabels);
}
