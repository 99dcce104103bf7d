namespace NetPolTools.Tests.CommandLine;

/// <summary>A policy of Calico that goes by sets of addresses, and the pod that it is about.</summary>
internal static class SetsOfAddresses
{
    public const string Database =
        "{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: data, labels: {app: db}}, spec: {containers: [{name: c}]}}\n---\n";

    public const string NetworkSet = """
        {apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: partners, labels: {role: partner}}, spec: {nets: [203.0.113.0/24]}}
        ---
        {apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: other, labels: {role: other}}, spec: {nets: [198.51.100.0/24]}}
        ---
        apiVersion: projectcalico.org/v3
        kind: NetworkPolicy
        metadata: {name: db, namespace: data}
        spec: {selector: app == 'db', ingress: [{action: Allow, source: {selector: role == 'partner', namespaceSelector: global()}}]}
        """;
}
