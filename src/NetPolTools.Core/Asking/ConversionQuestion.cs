using System.Collections.Immutable;
using NetPolTools.Authoring;
using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Authoring.VendorPolicies;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Which policies of another API say what policies of a cluster say?</summary>
/// <param name="Target">The API of the answer.</param>
public sealed record ConversionQuestion(ConversionTarget Target)
{
    private const int MostChanges = 3;

    private static readonly ImmutableArray<(ConversionTarget Target, IVendorApi Api)> Vendors =
        [(ConversionTarget.Calico, new CalicoApi()), (ConversionTarget.Cilium, new CiliumApi())];

    /// <summary>Of policies in namespaces, only those of these are converted, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <remarks>
    /// Where the cluster has pods, that both answer the same for them is checked: on the plugin whose API it is, or, for an API of Kubernetes, as the policies
    /// are written. Pods of which no address is known are no evidence: only some APIs leave open then whether a block covers them.
    /// </remarks>
    public Answer<ConvertedPolicies> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.OfAny(words, cluster.Snapshot, isNeeded: true);
        if (findings.ArePreventing)
            return findings.GiveNone<ConvertedPolicies>();
        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<ConvertedPolicies>();
        var plugin = Vendor is { } vendor ? CniChoice.Of(vendor.Engine, cluster.Snapshot) : CniChoice.Enforcing;
        var conversion = Convert(cluster, plugin, cancellation);
        findings.Add(conversion.Problems);
        if (conversion.Policies.Count == 0)
        {
            if (conversion.Problems.Count == 0)
                findings.Add(new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, NothingToConvert()), null);
            return findings.GiveNone<ConvertedPolicies>();
        }

        if (Changes(cluster, conversion, plugin, cancellation) is { Length: > 0 } changes)
        {
            var more = changes.Length > MostChanges ? " and more" : "";
            findings.Add(
                new Diagnostic(
                    DiagnosticId.NotConverted,
                    DiagnosticSeverity.Error,
                    $"The converted policies do not answer the same as the old ones: {string.Join("; ", changes.Take(MostChanges))}{more}."),
                null);
            return findings.GiveNone<ConvertedPolicies>();
        }

        var judged = CniJudge.Judge(cluster.Snapshot);
        findings.Add(Vendor is { } api
            ? CniDiagnostics.OfNewPolicies(judged, api.Engine)
            : CniDiagnostics.OfNewPolicies(judged, PolicyFeature.ClusterNetworkPolicy));
        return findings.Give(() => new ConvertedPolicies(conversion.Policies, [.. conversion.Replaced.Select(static policy => policy.Reference)]));
    }

    /// <summary>Null for an API of Kubernetes.</summary>
    private IVendorApi? Vendor => Vendors.FirstOrDefault(vendor => vendor.Target == Target).Api;

    private PolicyConversion Convert(ClusterEvaluator cluster, CniChoice plugin, CancellationToken cancellation)
    {
        if (Vendor is { } api)
            return VendorPolicyConversion.Of(cluster.Snapshot, IsAsked, api, plugin, cancellation);
        var converted = new ClusterPolicyConversion(cluster.Snapshot);
        return new PolicyConversion(converted.Policies, converted.Replaced, converted.Problems);

        bool IsAsked(NetworkPolicy policy) => WildcardNames.MatchAny(Namespaces, policy.Namespace);
    }

    private string NothingToConvert() => Vendor is null
        ? "The input holds no AdminNetworkPolicy and no BaselineAdminNetworkPolicy."
        : $"The input holds no NetworkPolicy{(Namespaces.Count > 0 ? " of these namespaces" : "")}.";

    private static string[] Changes(ClusterEvaluator before, PolicyConversion conversion, CniChoice plugin, CancellationToken cancellation)
    {
        if (!before.Snapshot.HoldsPods)
            return [];
        var after = before.Snapshot.Without(conversion.Replaced).With(conversion.Policies);
        var assumptions = new Assumptions { Cni = plugin };
        return [.. DifferenceQuestion.Compare(before, new ClusterEvaluator(after), new ConnectionQuery(), assumptions, cancellation)
            .List(cancellation)
            .Where(change => plugin == CniChoice.Enforcing || !change.Opened.IsEmpty || !change.Closed.IsEmpty)
            .Take(MostChanges + 1)
            .Select(static change => change.ToString())];
    }
}

/// <summary>The API that policies are converted into.</summary>
public enum ConversionTarget
{
    /// <summary>ClusterNetworkPolicy, out of AdminNetworkPolicies and BaselineAdminNetworkPolicies.</summary>
    ClusterNetworkPolicy,

    /// <summary>NetworkPolicy of Calico, out of NetworkPolicies.</summary>
    Calico,

    /// <summary>CiliumNetworkPolicy, out of NetworkPolicies.</summary>
    Cilium,
}

/// <summary>Policies that take the place of others and decide the same.</summary>
/// <param name="Policies">At least one, in the order in which they are asked.</param>
/// <param name="Replaced">Those to be deleted when they are applied.</param>
public sealed record ConvertedPolicies(IReadOnlyList<PolicyObject> Policies, IReadOnlyList<ObjectReference> Replaced);
