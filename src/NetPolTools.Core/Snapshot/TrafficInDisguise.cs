using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Snapshot;

/// <summary>
/// Programs that change what traffic looks like to a network plugin, so that a policy that is right by the API does something else: Istio's ambient mode, which
/// carries traffic over a port of its own, and the namespace that stands for nodes with OVN-Kubernetes.
/// </summary>
internal static class TrafficInDisguise
{
    private const int MostNames = 3;
    private const int TunnelPort = 15008;
    private const string DataplaneMode = "istio.io/dataplane-mode";
    private const string HostNetworkLabel = "policy-group.network.openshift.io/host-network";

    /// <summary>A warning for each that policies do not reckon with.</summary>
    public static IEnumerable<Diagnostic> Of(ClusterSnapshot snapshot)
    {
        if (Ambient(snapshot) is { } ambient)
            yield return ambient;
        if (NodesAsNamespace(snapshot) is { } nodes)
            yield return nodes;
    }

    /// <summary>Pods in the mesh get all traffic of the mesh at one port, whichever it is meant for (istio.io, "Ambient and Kubernetes
    /// NetworkPolicy").</summary>
    private static Diagnostic? Ambient(ClusterSnapshot snapshot)
    {
        var namespaces = snapshot.Namespaces.Where(static ns => IsAmbient(ns.Metadata.Labels)).Select(static ns => ns.Name).ToHashSet();
        var inMesh = snapshot.Pods.Where(static pod => !pod.IsFinished && !pod.Spec.HostNetwork)
            .Select(static pod => (pod.Metadata.Namespace, pod.Metadata.Labels))
            .Concat(snapshot.Workloads.Where(static workload => !workload.Template.HostNetwork)
                .Select(static workload => (workload.Metadata.Namespace, workload.TemplateLabels)))
            .Where(pod => pod.Item2.TryGet(DataplaneMode, out var mode) ? mode == "ambient" : namespaces.Contains(pod.Namespace!))
            .ToLookup(static pod => pod.Namespace!, static pod => pod.Item2);
        if (inMesh.Count == 0)
            return null;
        var policies = snapshot.NetworkPolicies.Where(policy => KeepsOutTheTunnel(policy) && inMesh[policy.Namespace].Any(policy.PodSelector.Matches))
            .ToArray();
        if (policies.Length == 0)
            return null;
        return new Diagnostic(
            DiagnosticId.AmbientMesh,
            DiagnosticSeverity.Warning,
            $"{Names(policies)} {(policies.Length == 1 ? "names" : "name")} ports for pods in Istio's ambient mode, and not TCP {TunnelPort}. Traffic "
                + "between pods of the mesh "
                + $"arrives at that port (HBONE), whichever port it is meant for, so it is dropped. Allow TCP {TunnelPort} with the same peers.")
        {
            Location = policies[0].Location,
        };
    }

    private static bool IsAmbient(LabelSet labels) => labels.TryGet(DataplaneMode, out var mode) && mode == "ambient";

    private static bool KeepsOutTheTunnel(NetworkPolicy policy) => new[] { PolicyDirection.Ingress, PolicyDirection.Egress }.Any(direction =>
        policy.Isolates(direction) && policy.Rules(direction) is { Count: > 0 } rules
            && !rules.Any(static rule => rule.Ports is not { Count: > 0 } ports || ports.Any(IsTunnel)));

    private static bool IsTunnel(NetworkPolicyPort port) => port.Protocol is null or "TCP"
        && (port.Port is null || (port.Port is { Name: null, Number: var first } && first <= TunnelPort && TunnelPort <= (port.EndPort ?? first)));

    /// <summary>No pod is in the namespace that the label marks: OVN-Kubernetes puts the addresses of nodes into it (docs.openshift.com, "About
    /// network policy").</summary>
    private static Diagnostic? NodesAsNamespace(ClusterSnapshot snapshot)
    {
        var policies = snapshot.NetworkPolicies.Where(
            static policy => policy.HasNamespaceSelector(static selector => selector.HasKey(static key => key == HostNetworkLabel))).ToArray();
        if (policies.Length == 0)
            return null;
        return new Diagnostic(
            DiagnosticId.HostNetworkNamespace,
            DiagnosticSeverity.Warning,
            $"{Names(policies)} {(policies.Length == 1 ? "selects" : "select")} namespaces by {HostNetworkLabel}. OpenShift's OVN-Kubernetes takes that "
                + "for traffic of nodes and of "
                + "pods with hostNetwork; the answer goes by the API, where such traffic comes from the addresses of nodes.")
        {
            Location = policies[0].Location,
        };
    }

    private static string Names(NetworkPolicy[] policies) =>
        (policies.Length == 1 ? "NetworkPolicy " : "NetworkPolicies ")
            + Wording.List(Array.ConvertAll(policies, static policy => $"{policy.Namespace}/{policy.Name}"), MostNames);
}
