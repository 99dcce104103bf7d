using NetPolTools.Isolation;

namespace NetPolTools.Reports;

/// <summary>Isolation as tables for people.</summary>
public sealed class IsolationTableWriter(TextWriter output)
{
    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<WorkloadIsolation> workloads)
    {
        var table = new TextTable(output, "WORKLOAD", "INGRESS FROM", "EGRESS TO", "SUMMARY", "POLICIES");
        foreach (var isolation in workloads)
        {
            table.Add(
                isolation.End.ToString(),
                isolation.Ingress.Peers,
                isolation.Egress.Peers,
                isolation.Summary,
                PolicyNameCell.ForTable(isolation));
        }

        table.Complete();
        return table.Count;
    }

    /// <inheritdoc cref="Write(IEnumerable{WorkloadIsolation})"/>
    public int Write(IEnumerable<NamespaceIsolation> namespaces)
    {
        var table = new TextTable(output, "NAMESPACE", "WORKLOADS", "INGRESS ISOLATED", "EGRESS ISOLATED", "SUMMARY", "DEFAULTS");
        foreach (var isolation in namespaces)
        {
            table.Add(
                isolation.Namespace,
                isolation.Workloads.ToString(),
                isolation.IngressIsolated.ToString(),
                isolation.EgressIsolated.ToString(),
                isolation.Summary,
                PolicyNameCell.ForTable(isolation));
        }

        table.Complete();
        return table.Count;
    }
}
