using NetPolTools.Cni;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Does the cluster enforce NetworkPolicies at all, by which plugin, and what in its policies does not work there?</summary>
public sealed record CniQuestion
{
    /// <summary>What is known of a plugin that the question names; null to look for one in the input.</summary>
    public CniVerdict? Named { get; init; }

    /// <summary>Only policies of these namespaces are reported, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether staged policies are looked at as if they had an effect.</summary>
    public bool IncludesStaged { get; init; }

    /// <summary>Settings of Cilium that are to count whatever the input says.</summary>
    public GivenCiliumSettings Cilium { get; init; } = GivenCiliumSettings.None;

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<CniFindings> Ask(ClusterEvaluator cluster, QuestionWords words)
    {
        // A filter for policies makes the answer about the plugin no less an answer.
        var findings = Findings.OfAny(words, cluster.Snapshot, isNeeded: Named is null);
        findings.AddUnknownNamespaces(Namespaces, needed: 0);
        var assumed = new Assumptions { IncludesStaged = IncludesStaged, Cilium = Cilium };
        findings.Add(cluster.FindingsOfStaged(assumed));
        return findings.Give(() =>
        {
            var snapshot = cluster.SnapshotFor(assumed);
            var verdict = Named ?? CniJudge.Judge(snapshot);
            var policies = snapshot.NetworkPolicies.Where(policy => WildcardNames.MatchAny(Namespaces, policy.Namespace)).ToArray();
            return new CniFindings(verdict, [.. PolicyFeatures.Limited(policies, verdict)], policies.Length);
        });
    }
}
