using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Isolation;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Isolation and diagnostics as one JSON object: <c>{"workloads":[{"workload":E,"ingress":{"state":"Open","policies":[…],"peers":"…","ports":"…"},…}],
/// "diagnostics":[…]}</c>, or <c>{"namespaces":[…],"diagnostics":[…]}</c>; <c>notEvaluated</c> as in a list of connections.
/// </summary>
public sealed class IsolationJsonWriter(TextWriter output)
{
    public void Write(IEnumerable<WorkloadIsolation> workloads, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("workloads", workloads, Write).End(diagnostics, notEvaluated);

    public void Write(IEnumerable<NamespaceIsolation> namespaces, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("namespaces", namespaces, Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, WorkloadIsolation isolation)
    {
        json.WriteStartObject();
        JsonLines.WriteEnd(json, "workload", isolation.End);
        Write(json, "ingress", isolation.Ingress);
        Write(json, "egress", isolation.Egress);
        json.WriteBoolean("hostNetwork", isolation.IsHostNetwork);
        json.WriteString("summary", isolation.Summary);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, DirectionIsolation direction)
    {
        json.WriteStartObject(name);
        json.WriteString("state", direction.State.ToString());
        JsonLines.WriteTexts(json, "policies", [.. direction.PolicyNames]);
        json.WriteString("peers", direction.Peers);
        json.WriteString("ports", direction.Ports.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NamespaceIsolation isolation)
    {
        json.WriteStartObject();
        json.WriteString("namespace", isolation.Namespace);
        json.WriteNumber("workloads", isolation.Workloads);
        json.WriteNumber("hostNetworkWorkloads", isolation.HostNetworkWorkloads);
        json.WriteNumber("ingressIsolated", isolation.IngressIsolated);
        json.WriteNumber("egressIsolated", isolation.EgressIsolated);
        JsonLines.WriteTexts(json, "ingressDefaults", [.. isolation.IngressDefaultNames]);
        JsonLines.WriteTexts(json, "egressDefaults", [.. isolation.EgressDefaultNames]);
        if (isolation.IngressExceptions.Count > 0)
            JsonLines.WriteTexts(json, "ingressExceptions", isolation.IngressExceptions);
        if (isolation.EgressExceptions.Count > 0)
            JsonLines.WriteTexts(json, "egressExceptions", isolation.EgressExceptions);
        json.WriteString("summary", isolation.Summary);
        json.WriteEndObject();
    }
}
