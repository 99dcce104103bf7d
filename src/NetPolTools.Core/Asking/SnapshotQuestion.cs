using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>Does an input hold anything to ask about?</summary>
public static class SnapshotQuestion
{
    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <returns>The snapshot itself, also where it holds nothing but namespaces; no answer where it holds nothing at all.</returns>
    public static Answer<ClusterSnapshot> Ask(ClusterEvaluator cluster, QuestionWords words) =>
        Findings.OfAny(words, cluster.Snapshot, isNeeded: true).Give(() => cluster.Snapshot);
}
