using System.Collections.Immutable;
using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading.Mutation;

/// <summary>Good manifests, to be damaged.</summary>
internal static class Originals
{
    public const string Json = """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}}, "status": {"podIP": "10.0.0.1"}},
          {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "p"},
           "spec": {"podSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}], "ports": [{"port": 80, "endPort": 90}]}]}}]}
        """;

    /// <summary>A cluster with every kind that decides traffic.</summary>
    public const string Kinds = """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"team": "a"}}},
          {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"}, "status": {"addresses": [{"type": "InternalIP", "address": "192.0.2.1"}]}},
          {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
           "spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c", "ports": [{"name": "http", "containerPort": 8080}]}]}}}},
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "db", "namespace": "shop", "labels": {"app": "db"}, "ownerReferences": [{"kind": "StatefulSet", "name": "db", "controller": true}]},
           "spec": {"nodeName": "node-1", "containers": [{"name": "c"}]}, "status": {"phase": "Running", "podIPs": [{"ip": "10.1.0.5"}], "hostIP": "192.0.2.1"}},
          {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "http"}]}},
          {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "ext-1", "namespace": "shop", "labels": {"kubernetes.io/service-name": "ext"}},
           "addressType": "IPv4", "endpoints": [{"addresses": ["203.0.113.1"]}], "ports": [{"port": 443}]},
          {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "web", "namespace": "shop"},
           "spec": {"rules": [{"http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}]}},
          {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "db", "namespace": "shop", "annotations": {"a": "b"}},
           "spec": {"podSelector": {"matchLabels": {"app": "db"}}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "web"}}, "namespaceSelector": {"matchLabels": {"team": "a"}}}],
            "ports": [{"protocol": "TCP", "port": "http"}, {"port": 3306}]}], "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}, {}], "policyTypes": ["Ingress", "Egress"]}},
          {"apiVersion": "projectcalico.org/v3", "kind": "Tier", "metadata": {"name": "security"}, "spec": {"order": 100, "defaultAction": "Pass"}},
          {"apiVersion": "projectcalico.org/v3", "kind": "NetworkPolicy", "metadata": {"name": "security.web", "namespace": "shop"},
           "spec": {"tier": "security", "order": -1.5, "selector": "app == 'web' && !has(x)", "serviceAccountSelector": "all()", "types": ["Ingress", "Egress"],
            "ingress": [{"action": "Allow", "ipVersion": 4, "protocol": "TCP", "source": {"selector": "a in {'b', 'c'}", "namespaceSelector": "global()", "nets": ["10.0.0.0/8"]},
              "destination": {"ports": [80, "90:91", "http"]}, "http": {"methods": ["GET"], "paths": [{"prefix": "/a"}]}, "metadata": {"annotations": {"a": "b"}}}],
            "egress": [{"action": "Log", "protocol": 1, "notProtocol": "UDP", "notICMP": {"type": 8, "code": 0}, "destination": {"services": {"name": "ext", "namespace": "shop"}}},
              {"action": "Pass", "source": {"serviceAccounts": {"names": ["x"], "selector": "has(y)"}}, "destination": {"notSelector": "a contains 'b'", "notNets": ["10.1.0.0/16"]}}]}},
          {"apiVersion": "crd.projectcalico.org/v1", "kind": "GlobalNetworkPolicy",
           "metadata": {"name": "default.all", "annotations": {"projectcalico.org/metadata": "{\"name\":\"all\",\"labels\":{\"a\":\"b\"}}"}},
           "spec": {"selector": "all()", "namespaceSelector": "has(team)", "applyOnForward": true, "preDNAT": true, "types": ["Ingress"], "ingress": [{"action": "Deny"}]}},
          {"apiVersion": "projectcalico.org/v3", "kind": "GlobalNetworkSet", "metadata": {"name": "g", "labels": {"a": "b"}}, "spec": {"nets": ["10.0.0.1", "fd00::/8"]}},
          {"apiVersion": "projectcalico.org/v3", "kind": "HostEndpoint", "metadata": {"name": "h"},
           "spec": {"node": "node-1", "interfaceName": "*", "expectedIPs": ["192.0.2.1"], "ports": [{"name": "ssh", "protocol": "TCP", "port": 22}]}},
          {"apiVersion": "projectcalico.org/v3", "kind": "StagedKubernetesNetworkPolicy", "metadata": {"name": "s", "namespace": "shop"},
           "spec": {"stagedAction": "Set", "podSelector": {}, "ingress": [{"ports": [{"port": 80}]}]}},
          {"apiVersion": "projectcalico.org/v3", "kind": "StagedGlobalNetworkPolicy", "metadata": {"name": "d"}, "spec": {"stagedAction": "Delete"}},
          {"apiVersion": "cilium.io/v2", "kind": "CiliumCIDRGroup", "metadata": {"name": "partners", "labels": {"to": "partners"}}, "spec": {"externalCIDRs": ["198.51.100.0/24"]}},
          {"apiVersion": "cilium.io/v2", "kind": "CiliumNetworkPolicy", "metadata": {"name": "web", "namespace": "shop"},
           "spec": {"description": "d", "endpointSelector": {"matchLabels": {"k8s:app": "web"}}, "enableDefaultDeny": {"ingress": false}, "labels": [{"key": "a", "value": "b"}],
            "ingress": [{"fromEndpoints": [{"matchExpressions": [{"key": "io.kubernetes.pod.namespace", "operator": "Exists"}]}], "authentication": {"mode": "required"},
              "toPorts": [{"ports": [{"port": "8080", "protocol": "TCP"}, {"port": "http"}], "rules": {"http": [{"method": "GET"}]}}]}],
            "ingressDeny": [{"fromEntities": ["world", "remote-node"]}, {"icmps": [{"fields": [{"family": "IPv4", "type": "EchoRequest"}]}]}],
            "egress": [{"toFQDNs": [{"matchPattern": "*.example.com"}], "toPorts": [{"ports": [{"port": "443", "endPort": 450}]}]},
              {"toServices": [{"k8sService": {"serviceName": "ext", "namespace": "shop"}}, {"k8sServiceSelector": {"selector": {"matchLabels": {"a": "b"}}}}]},
              {"toCIDRSet": [{"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}, {"cidrGroupRef": "partners"}]}],
            "egressDeny": [{"toCIDR": ["192.0.2.0/24"]}]}},
          {"apiVersion": "cilium.io/v2", "kind": "CiliumClusterwideNetworkPolicy", "metadata": {"name": "all"},
           "specs": [{"endpointSelector": {}, "egress": [{"toEntities": ["kube-apiserver"]}], "log": {"value": "x"}},
            {"nodeSelector": {"matchLabels": {"a": "b"}}, "ingress": [{"fromCIDRSet": [{"cidrGroupSelector": {"matchLabels": {"to": "partners"}}}]}]}]}]}
        """;

    /// <summary>Whole texts; long ones cost most, and find little that their parts do not.</summary>
    public static readonly ImmutableArray<string> Texts =
    [
        Json,
        Kinds,
        File.ReadAllText(Repository.Example("store", "store-api.yaml")) + DocumentStart + File.ReadAllText(Repository.Example("store", "namespaces.yaml")),
        File.ReadAllText(Repository.Example("three-tier-application", "policy.yaml")) + DocumentStart
            + File.ReadAllText(Repository.Example("three-tier-application", "backend.yaml")),
        File.ReadAllText(Repository.Example("cppserver", "pods.yaml")),
    ];

    private const string DocumentStart = "---\n";
    private const int MostParts = 3;

    private static readonly ImmutableArray<string> Objects = ItemsOf(Kinds);
    private static readonly ImmutableArray<ImmutableArray<string>> Documents = [.. Texts.Skip(2).Select(DocumentsOf)];

    /// <summary>A list of some objects of <see cref="Kinds"/>, in any order.</summary>
    public static string SomeKinds(Random random)
    {
        var objects = Objects.ToArray();
        random.Shuffle(objects);
        return $$"""{"apiVersion": "v1", "kind": "List", "items": [{{string.Join(",\n", objects.Take(random.Next(1, MostParts + 1)))}}]}""";
    }

    /// <summary>Some documents of one of the texts that are YAML, in their order.</summary>
    public static string SomeDocuments(Random random)
    {
        var documents = Documents[random.Next(Documents.Length)];
        var count = Math.Min(random.Next(1, MostParts + 1), documents.Length);
        return string.Join(DocumentStart, documents.Skip(random.Next(documents.Length - count + 1)).Take(count));
    }

    private static ImmutableArray<string> ItemsOf(string list)
    {
        using var document = JsonDocument.Parse(list);
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(static item => item.GetRawText())];
    }

    private static ImmutableArray<string> DocumentsOf(string text) =>
        [.. text.Split(DocumentStart).Where(static document => !string.IsNullOrWhiteSpace(document))];
}
