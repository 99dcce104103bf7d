using NetPolTools.Isolation;
using NetPolTools.Listing;

namespace NetPolTools.Asking;

/// <summary>Which workloads are isolated in which direction, and how far are namespaces covered?</summary>
public sealed record IsolationQuestion
{
    /// <summary>What a line stands for.</summary>
    public GroupBy By { get; init; }

    /// <summary>Whether namespaces are told beside workloads.</summary>
    public bool WithNamespaces { get; init; }

    /// <summary>Only what is not isolated in some direction; of namespaces, those in which a new pod would not be.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Only these namespaces, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <summary>Whether other questions of the same cluster will ask what peers mean, rule by rule.</summary>
    internal bool KeepsPeers { get; init; }

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<IsolationList> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (!findings.ArePreventing)
            findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<IsolationList>();
        findings.Add(cluster.FindingsOfStaged(Assumptions));
        var map = cluster.Map(Assumptions, KeepsPeers, cancellation);
        findings.AddPolicies(map);
        var report = new IsolationReport(map.Snapshot, map, Namespaces);
        findings.Add(report.Diagnostics());
        return findings.Give(() =>
        {
            if (WithNamespaces && By == GroupBy.Workload)
            {
                WorkloadIsolation[] all = [.. report.Workloads()];
                return new IsolationList(
                    all.Where(isolation => !OpenOnly || isolation.IsOpen), report.Namespaces(all).Where(isolation => !OpenOnly || isolation.IsOpen));
            }

            return By == GroupBy.Namespace
                ? new IsolationList([], report.Namespaces().Where(isolation => !OpenOnly || isolation.IsOpen))
                : new IsolationList((By == GroupBy.Pod ? report.Pods() : report.Workloads()).Where(isolation => !OpenOnly || isolation.IsOpen), []);
        });
    }
}

/// <summary>The lines that were asked for; worked out as they are gone through.</summary>
/// <param name="Workloads">By workload or pod.</param>
/// <param name="Namespaces">By namespace.</param>
public sealed record IsolationList(IEnumerable<WorkloadIsolation> Workloads, IEnumerable<NamespaceIsolation> Namespaces);
