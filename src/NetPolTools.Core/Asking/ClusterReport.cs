using NetPolTools.Difference;
using NetPolTools.Exposure;
using NetPolTools.Isolation;
using NetPolTools.Picturing;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>All there is to show of a cluster, or of a change of it: the answers of the other questions side by side.</summary>
/// <param name="Cluster">What it is about; of a change, what is to be.</param>
public sealed record ClusterReport(ClusterSnapshot Cluster)
{
    /// <summary>Who reaches whom; null where there are too many to show.</summary>
    public ReachPicture? Picture { get; init; }

    /// <summary>How policies isolate each workload; of a cluster with too many of them, none.</summary>
    public IReadOnlyList<WorkloadIsolation> Workloads { get; init; } = [];

    public IReadOnlyList<NamespaceIsolation> Namespaces { get; init; } = [];

    /// <summary>Which pods that do not exist yet, and who outside, could reach workloads, and whom these could reach; null where it is left out.</summary>
    public IReadOnlyList<ExposureLine>? Exposure { get; init; }

    /// <summary>How much of it a page shows.</summary>
    public ReportLimits Limits { get; init; } = new();

    public required ReportFigures Figures { get; init; }

    /// <summary>What lint found; null where it was not asked.</summary>
    public LintReport? Lint { get; init; }

    /// <summary>What the network plugin makes of the policies; null where nothing of the input tells.</summary>
    public CniFindings? Cni { get; init; }

    /// <summary>Null where it is not about a change.</summary>
    public ReportedChange? Change { get; init; }

    /// <summary>What is not in it, and how to ask for it; sentences.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>What a change does.</summary>
/// <param name="Ends">What came and went.</param>
/// <param name="Policies">The policies that differ.</param>
/// <param name="Changes">In the order of a listing.</param>
public sealed record ReportedChange(
    IReadOnlyList<EndChange> Ends, IReadOnlyList<PolicyChange> Policies, IReadOnlyList<ConnectionChange> Changes)
{
    /// <summary>What it opens and closes to pods that do not exist yet and to addresses outside; null where exposure is left out.</summary>
    public IReadOnlyList<ExposureChange>? Exposure { get; init; }
}
