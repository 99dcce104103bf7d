using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Listing;
using NetPolTools.Objects;

namespace NetPolTools.Asking;

/// <summary>Which ClusterNetworkPolicies say what the policies of v1alpha1 of a cluster say?</summary>
public static class ConversionQuestion
{
    private const int MostChanges = 3;

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <remarks>Where the cluster has pods, that both answer the same for them is checked, whatever its network plugin enforces.</remarks>
    public static Answer<ConvertedPolicies> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.OfAny(words, cluster.Snapshot, isNeeded: true);
        if (findings.ArePreventing)
            return findings.GiveNone<ConvertedPolicies>();
        var conversion = new ClusterPolicyConversion(cluster.Snapshot);
        findings.Add(conversion.Problems);
        if (conversion.Policies.Count == 0)
        {
            if (conversion.Problems.Count == 0)
                findings.Add(new Diagnostic(
                    DiagnosticId.NoMatch, DiagnosticSeverity.Error, "The input holds no AdminNetworkPolicy and no BaselineAdminNetworkPolicy."), null);
            return findings.GiveNone<ConvertedPolicies>();
        }

        if (Changes(cluster, conversion, cancellation) is { Length: > 0 } changes)
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

        findings.Add(CniDiagnostics.OfNewPolicies(CniJudge.Judge(cluster.Snapshot), PolicyFeature.ClusterNetworkPolicy));
        return findings.Give(() => new ConvertedPolicies(conversion.Policies, [.. conversion.Replaced.Select(static policy => policy.Reference)]));
    }

    private static string[] Changes(ClusterEvaluator before, ClusterPolicyConversion conversion, CancellationToken cancellation)
    {
        if (!before.Snapshot.HoldsPods)
            return [];
        var after = before.Snapshot.Without(conversion.Replaced).With(conversion.Policies);
        return [.. DifferenceQuestion.Compare(before, new ClusterEvaluator(after), new ConnectionQuery(), Assumptions.None, cancellation)
            .List(cancellation)
            .Take(MostChanges + 1)
            .Select(static change => change.ToString())];
    }
}

/// <summary>Policies that take the place of others and decide the same.</summary>
/// <param name="Policies">At least one, in the order in which they are asked.</param>
/// <param name="Replaced">Those to be deleted when they are applied.</param>
public sealed record ConvertedPolicies(IReadOnlyList<AdminPolicy> Policies, IReadOnlyList<ObjectReference> Replaced);
