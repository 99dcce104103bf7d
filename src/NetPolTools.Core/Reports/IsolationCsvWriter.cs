using NetPolTools.Isolation;

namespace NetPolTools.Reports;

/// <summary>Isolation as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class IsolationCsvWriter(TextWriter output)
{
    private const string WorkloadHeader =
        "Namespace,Workload,Kind,Ingress,IngressPolicies,IngressFrom,IngressPorts,Egress,EgressPolicies,EgressTo,EgressPorts,IsHostNetwork,Summary\n";

    private const string NamespaceHeader =
        "Namespace,Workloads,HostNetworkWorkloads,IngressIsolated,EgressIsolated,IngressDefaultDeny,IngressDefaults,EgressDefaultDeny,EgressDefaults,Summary\n";

    private readonly CsvLines _lines = new(output);

    public void Write(IEnumerable<WorkloadIsolation> workloads)
    {
        output.Write(WorkloadHeader);
        foreach (var isolation in workloads)
        {
            _lines.Fields(isolation.End);
            Write(isolation.Ingress);
            Write(isolation.Egress);
            _lines.Field(isolation.IsHostNetwork ? "true" : "false").Field(isolation.Summary).EndLine();
        }
    }

    public void Write(IEnumerable<NamespaceIsolation> namespaces)
    {
        output.Write(NamespaceHeader);
        foreach (var isolation in namespaces)
        {
            _lines.Field(isolation.Namespace)
                .Field(isolation.Workloads.ToString())
                .Field(isolation.HostNetworkWorkloads.ToString())
                .Field(isolation.IngressIsolated.ToString())
                .Field(isolation.EgressIsolated.ToString())
                .Field(isolation.IsIngressDefaultDeny ? "true" : "false")
                .Field(PolicyNameCell.Of([.. isolation.IngressDefaultNames]))
                .Field(isolation.IsEgressDefaultDeny ? "true" : "false")
                .Field(PolicyNameCell.Of([.. isolation.EgressDefaultNames]))
                .Field(isolation.Summary)
                .EndLine();
        }
    }

    private void Write(DirectionIsolation direction) =>
        _lines.Field(direction.State.ToString()).Field(PolicyNameCell.Of(direction.PolicyNames)).Field(direction.Peers).Field(direction.Ports.ToString());
}
