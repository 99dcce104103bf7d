using NetPolTools.Cni;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Does the cluster enforce NetworkPolicies at all, by which plugin, and what in its policies does not work there?</summary>
public sealed record CniQuestion
{
    /// <summary>What is known of a plugin that the question names; null to look for one in the input.</summary>
    public CniVerdict? Named { get; init; }

    /// <summary>Only policies of these namespaces are reported, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<CniFindings> Ask(ClusterEvaluator cluster, QuestionWords words)
    {
        // A filter for policies makes the answer about the plugin no less an answer.
        var findings = Findings.OfAny(words, cluster.Snapshot, isNeeded: Named is null);
        findings.AddUnknownNamespaces(Namespaces, needed: 0);
        return findings.Give(() =>
        {
            var verdict = Named ?? CniJudge.Judge(cluster.Snapshot);
            var policies = cluster.Snapshot.NetworkPolicies.Where(policy => WildcardNames.MatchAny(Namespaces, policy.Namespace)).ToArray();
            return new CniFindings(verdict, [.. PolicyFeatures.Limited(policies, verdict)], policies.Length);
        });
    }
}
