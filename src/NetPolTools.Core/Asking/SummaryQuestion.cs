using NetPolTools.Listing;
using NetPolTools.Summaries;

namespace NetPolTools.Asking;

/// <summary>With how many others may each workload talk, and is it open to the outside? Of whole fleets, where the connections are too many to list.</summary>
public sealed record SummaryQuestion
{
    /// <summary>What a line stands for: a workload or a pod.</summary>
    public GroupBy By { get; init; }

    /// <summary>Only workloads of these namespaces, with wildcards; empty for all. The others are counted all the same.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<IReadOnlyList<ReachSummary>> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (!findings.ArePreventing)
        {
            findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
            findings.Add(cluster.FindingsOfStaged(Assumptions));
            findings.AddUnknownNamespaces(Namespaces);
        }

        if (findings.ArePreventing)
            return findings.GiveNone<IReadOnlyList<ReachSummary>>();
        var map = cluster.Map(Assumptions, cancellation);
        findings.AddPolicies(map);
        return findings.Give(() => new SummaryReport(map, Namespaces).Lines(By, cancellation));
    }
}
