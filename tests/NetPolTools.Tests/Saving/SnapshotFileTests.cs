using System.Text.Json;
using System.Text.Json.Nodes;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Reading.Kinds;
using NetPolTools.Tests.Corpus;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Saving;

public sealed class SnapshotFileTests
{
    private const string OnePod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n---\n";

    private static readonly string[] Parts = ["field", "admin-tiers", "netpol"];

    public static TheoryData<string> Samples =>
    [
        .. Directory.EnumerateFiles(Repository.Manifests("cni")).Concat(Directory.EnumerateDirectories(Repository.Example()))
            .Append(Repository.Manifests("three-tier"))
            .Select(static path => Path.GetRelativePath(Repository.Manifests(), path)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> CorpusCases => [.. Parts.SelectMany(static part => CorpusFolder.Cases(part).Select(name => $"{part}/{name}"))];

    public static TheoryData<string, string> Workloads =>
    [
        .. KubernetesKinds.Kinds.Where(static kind => kind.GoneSince is null)
            .SelectMany(static kind => kind.Versions.Select(version => (kind.Group.Length == 0 ? version : $"{kind.Group}/{version}", kind.Kind))),
        .. KubernetesKinds.Callers.Select(static kind => ($"{kind.Group}/v1", kind.Kind)),
    ];

    [Fact]
    public void A_cluster_made_by_chance_reads_back_with_the_same_answers() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, static cluster =>
        {
            var read = Saved.Read(Saved.Text(cluster.Snapshot));
            Saved.AssertSameAnswers(cluster.Snapshot, read);
            Saved.AssertReadsBack(read);
        });

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_reads_back_with_the_same_answers(string path) => Saved.AssertReadsBack(Cluster.OfPaths(Repository.Manifests(path)).Snapshot);

    [CorpusTheory]
    [MemberData(nameof(CorpusCases))]
    public void A_case_of_the_corpora_reads_back_with_the_same_answers(string name)
    {
        var folder = CorpusFolder.PathOf(name.Split('/'));
        var input = Path.Combine(folder, "input");
        Saved.AssertReadsBack(Cluster.OfPaths(Directory.Exists(input) ? input : folder).Snapshot);
    }

    /// <summary>Every field that each kind is read for; what another kind makes of them does not matter.</summary>
    [Theory]
    [MemberData(nameof(Workloads))]
    public void Every_kind_reads_back(string apiVersion, string kind)
    {
        var template = """
            {"metadata": {"labels": {"app": "a", "job-name": "own"}}, "spec": {"hostNetwork": true, "nodeName": "n", "serviceAccount": "old",
             "domain": {"devices": {"interfaces": [{"ports": [{"name": "http", "port": 80}, {"name": "dns", "port": 53, "protocol": "UDP"}]}]}},
             "dnsPolicy": "None", "automountServiceAccountToken": false,
             "containers": [{"name": "c", "args": ["--upstream=http://api.shop.svc:8080/x"], "env": [{"name": "DB_HOST", "value": "db"}],
                             "livenessProbe": {"httpGet": {"port": "http"}}, "readinessProbe": {"tcpSocket": {"port": 80}}, "startupProbe": {"exec": {}},
                             "ports": [{"containerPort": 82}, {"name": "http", "containerPort": 80}, {"name": "dns", "containerPort": 53, "protocol": "UDP"}]}],
             "initContainers": [{"name": "s", "restartPolicy": "Always", "ports": [{"name": "side", "containerPort": 81}]}]}}
            """;
        var text = """
            {"apiVersion": "APIVERSION", "kind": "KIND",
             "metadata": {"name": "name", "namespace": "shop", "labels": {"app": "b", "kubernetes.io/service-name": "svc"},
              "annotations": {"kubernetes.io/ingress.class": "nginx"},
              "ownerReferences": [{"kind": "Other", "name": "no"}, {"kind": "Above", "name": "up", "controller": true}]},
             "automountServiceAccountToken": false,
             "webhooks": [{"failurePolicy": "Ignore", "clientConfig": {"service": {"name": "hook", "namespace": "shop", "port": 8443}}},
                          {"clientConfig": {"url": "https://example.com"}}, {"clientConfig": {"service": {"name": "other", "namespace": "shop"}}}],
             "spec": {"service": {"name": "api", "namespace": "shop"}, "namespaceSelector": {"any": true, "matchNames": ["a", "b"]},
              "podMetricsEndpoints": [{"port": "metrics"}, {"portNumber": 9090}], "type": "LoadBalancer", "externalTrafficPolicy": "Local", "ipFamilies": ["IPv6", "IPv4"], "podCIDR": "10.9.0.0/24",
              "podCIDRs": ["10.9.0.0/24", "fd09::/64"],
              "replicas": 3, "ordinals": {"start": 2}, "manualSelector": true, "hostNetwork": true, "nodeName": "n", "serviceAccountName": "sa",
              "podSelector": {"matchLabels": {"app": "a"}}, "policyTypes": ["Egress"],
              "template": TEMPLATE, "jobTemplate": {"spec": {"template": TEMPLATE}},
              "domain": {"devices": {"interfaces": [{"ports": [{"name": "http", "port": 80}]}]}},
              "containers": [{"name": "c", "ports": [{"name": "http", "containerPort": 80}]}],
              "selector": {"app": "a"}, "clusterIPs": ["10.0.0.1", "fd00::1"], "publishNotReadyAddresses": true,
              "parentRefs": [{"name": "gate"}], "to": {"name": "first"}, "alternateBackends": [{"name": "second"}], "port": {"targetPort": "http"},
              "defaultBackend": {"service": {"name": "one", "port": {"number": 80}}},
              "rules": [{"http": {"paths": [{"backend": {"service": {"name": "two", "port": {"name": "http"}}}}, {"backend": {"service": {"name": "three"}}}]},
                         "backendRefs": [{"name": "here", "port": 80}, {"name": "there", "namespace": "other"}]}],
              "ports": [{"name": "a", "port": 80, "targetPort": "http"}, {"name": "b", "port": 53, "protocol": "UDP"}, {"name": "c", "port": 81, "targetPort": 8081}]},
             "status": {"phase": "Succeeded", "podIP": "10.1.0.1", "hostIPs": [{"ip": "192.0.2.1"}],
              "conditions": [{"type": "Ready", "status": "False"}, {"type": "Failed", "status": "True"}, {"type": "NetworkUnavailable", "status": "False", "reason": "CalicoIsUp"}],
              "addresses": [{"type": "InternalIP", "address": "192.0.2.1"}, {"type": "Hostname", "address": "n"}], "nodeInfo": {"kubeletVersion": "v1.31.0"}},
             "subsets": [{"addresses": [{"ip": "10.1.0.1", "targetRef": {"kind": "Pod", "name": "p"}}], "notReadyAddresses": [{"ip": "10.1.0.2"}],
                          "ports": [{"name": "a", "port": 80}]}],
             "endpoints": [{"addresses": ["10.1.0.1"], "targetRef": {"kind": "Pod", "name": "p"}}, {"addresses": ["10.1.0.2", "a.example"], "conditions": {"ready": false}}],
             "ports": [{"name": "a", "port": 80}, {"port": null, "protocol": "SCTP"}]}
            """.Replace("APIVERSION", apiVersion, StringComparison.Ordinal).Replace("KIND", kind, StringComparison.Ordinal).Replace("TEMPLATE", template, StringComparison.Ordinal);

        // NetworkPolicies are read strictly, and have properties of their own.
        if (kind == NetworkPolicy.KindName)
            return;
        var before = Cluster.Of(text).Snapshot;
        var found = Assert.Single(before.Objects(), static found => found is not (Namespace { IsOnlyMentioned: true } or PluginTrace));
        var after = Saved.Read(Saved.Text(before));
        var again = Assert.Single(after.Objects(), static found => found is not (Namespace { IsOnlyMentioned: true } or PluginTrace));
        Assert.Equal(Fields(found), Fields(again));
        Saved.AssertReadsBack(before);
    }

    [Fact]
    public void An_external_name_and_a_headless_Service_read_back() => Saved.AssertReadsBack(Cluster.Of("""
        {apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {type: ExternalName, externalName: db.example}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: b, namespace: shop}, spec: {clusterIP: None, ports: [{port: 80}]}}
        """).Snapshot);

    [Fact]
    public void Nothing_is_in_the_file_but_what_was_read()
    {
        var text = Saved.Text(Cluster.Of("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, annotations: {note: private-note}}
            spec:
              containers:
                - {name: c, image: private-image, env: [{name: PASSWORD, value: private-value}], command: [private-command], ports: [{name: http, containerPort: 80}]}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: private-secret, namespace: shop}, data: {a: private-data}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: private-config, namespace: shop}, data: {a: private-data}}
            """).Snapshot);
        Assert.DoesNotContain("private", text, StringComparison.Ordinal);
        Assert.Contains("http", text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_a_List_for_other_programs_with_a_line_for_each_object_but_policies()
    {
        var text = Saved.Text(Cluster.Of(OnePod + """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: shop}, spec: {podSelector: {}}}
            """).Snapshot);
        var list = JsonNode.Parse(text)!;
        Assert.Equal(("v1", "List"), ((string?)list["apiVersion"], (string?)list["kind"]));
        Assert.Equal(["Pod", "NetworkPolicy"], list["items"]!.AsArray().Select(static item => (string?)item!["kind"]));
        Assert.Contains("\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{}},\n", text,
            StringComparison.Ordinal);
        Assert.Contains("\n    \"podSelector\": {}", text, StringComparison.Ordinal);
        Assert.EndsWith("]}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_when_and_where_it_was_read()
    {
        var origin = new SnapshotOrigin(new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(1)), "prod", new KubernetesVersion(1, 31));
        var text = Saved.Text(Cluster.Of(OnePod).Snapshot, origin);
        Assert.Contains("\"netpoltools/read-at\":\"2026-01-31T22:30:00Z\"", text, StringComparison.Ordinal);
        var again = Saved.Read(text);
        Assert.Equal((origin.ReadAt, "prod", new KubernetesVersion(1, 31)), (again.Origin!.ReadAt, again.Origin.Context, again.Origin.KubernetesVersion));
        Assert.Equal(origin.KubernetesVersion, again.KubernetesVersion);
    }

    [Fact]
    public void What_the_reading_found_is_told_again_at_the_places_where_it_was_found()
    {
        var before = Cluster.Of(OnePod + """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: wrong, namespace: shop}, spec: {podSelector: {}, from: []}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: inert, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress], egress: [{}]}}
            """).Snapshot;
        Assert.Equal([DiagnosticId.UnknownField, DiagnosticId.InertRules], before.Diagnostics.Select(static told => told.Id));
        Assert.Equal(before.Diagnostics, Saved.Read(Saved.Text(before)).Diagnostics);
    }

    /// <summary>A policy that a server of another version took long ago is not refused, in whatever form its blocks are written.</summary>
    [Fact]
    public void Policies_are_taken_as_they_were_when_they_were_read()
    {
        var policy = """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: old, namespace: shop, uid: a-b}, spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.1/8}}]}]}}
            """;
        var before = Cluster.Of(OnePod + policy).Snapshot;
        Assert.Single(before.NetworkPolicies);
        Saved.AssertReadsBack(before);
        Assert.Single(Saved.Read(Saved.Text(before)).NetworkPolicies);
    }

    /// <summary>jq -S sorts the fields of the list, so that what it says of itself comes last.</summary>
    [Fact]
    public void The_order_of_fields_does_not_matter()
    {
        var text = Saved.Text(Cluster.Of(OnePod).Snapshot, new SnapshotOrigin(DateTimeOffset.UnixEpoch, "prod", new KubernetesVersion(1, 30)));
        var sorted = JsonSerializer.Serialize(new SortedDictionary<string, JsonNode?>(JsonNode.Parse(text)!.AsObject().ToDictionary(), StringComparer.Ordinal));
        Assert.StartsWith("{\"apiVersion\":\"v1\",\"items\"", sorted, StringComparison.Ordinal);
        var again = Saved.Read(sorted);
        Assert.Single(again.Pods);
        Assert.Equal("prod", again.Origin!.Context);
    }

    [Theory]
    [InlineData(SnapshotOrigin.ReadAtKey, "yesterday", "expected one such as 2026-01-31T23:00:00Z")]
    [InlineData(SnapshotOrigin.KubernetesVersionKey, "new", "expected one such as 1.36")]
    [InlineData(SnapshotOrigin.PassedOverKey, "[]", "expected a JSON object of numbers")]
    [InlineData(SnapshotOrigin.PassedOverKey, "{\"Secret\":1.5}", "expected a JSON object of numbers")]
    [InlineData(SnapshotOrigin.DiagnosticsKey, "[", "expected a JSON array of objects with id, severity and message")]
    [InlineData(SnapshotOrigin.DiagnosticsKey, "{}", "expected a JSON array")]
    [InlineData(SnapshotOrigin.DiagnosticsKey, "[{\"id\":\"Nonsense\",\"severity\":\"Error\",\"message\":\"\"}]", "expected a JSON array")]
    [InlineData(SnapshotOrigin.DiagnosticsKey, "[{\"id\":\"SyntaxError\",\"severity\":\"Error\",\"message\":\"\",\"file\":\"f\",\"line\":1.5,\"column\":2}]",
        "expected a JSON array")]
    public void What_a_snapshot_says_of_itself_and_nobody_understands_is_an_error(string key, string value, string expected)
    {
        var annotations = new Dictionary<string, string> { [SnapshotOrigin.ReadAtKey] = "2026-01-31T23:00:00Z", [key] = value };
        var text = """{"apiVersion":"v1","kind":"List","metadata":{"annotations":ANNOTATIONS},"items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}]}"""
            .Replace("ANNOTATIONS", JsonSerializer.Serialize(annotations), StringComparison.Ordinal);
        var error = Assert.Single(Cluster.Of(text).Errors);
        Assert.Equal((DiagnosticId.InvalidValue, "metadata.annotations"), (error.Id, error.FieldPath));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Single(Cluster.Of(text).Snapshot.Pods);
    }

    [Fact]
    public void Every_object_of_a_dialect_can_be_written()
    {
        var policies = """
            {apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: all}, spec: {priority: 5, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}}
            ---
            {apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: g, labels: {a: b}}, spec: {externalCIDRs: [10.0.0.0/8]}}
            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: p, namespace: shop, annotations: {a: b}}
            spec:
              description: all fields
              endpointSelector: {matchLabels: {"k8s:app": web}, matchExpressions: [{key: tier, operator: NotIn, values: [db]}]}
              enableDefaultDeny: {ingress: false, egress: true}
              labels: [{key: a, value: b, source: k8s}]
              log: {value: seen}
              ingress:
              - fromEndpoints: [{}, {matchLabels: {app: a}}]
                fromRequires: [{matchLabels: {team: a}}]
                authentication: {mode: required}
                toPorts:
                - ports: [{port: "80", protocol: TCP}, {port: http, endPort: 0, protocol: TCP}]
                  rules: {http: [{method: GET, path: "/a.*", headers: [X]}]}
                - ports: [{port: "443", protocol: TCP}]
                  serverNames: [a.example.com]
              - fromNodes: [{matchLabels: {zone: a}}]
              - fromGroups: [{aws: {securityGroupsIds: [sg-1]}}]
                icmps: [{fields: [{family: IPv6, type: EchoRequest}, {type: 8}]}]
              - fromEntities: []
              ingressDeny: [{fromCIDR: [192.0.2.0/24]}, {fromEntities: [world]}]
              egress:
              - toFQDNs: [{matchName: example.com}, {matchPattern: "*.example.com"}]
                toPorts: [{ports: [{port: "443", endPort: 450}], originatingTLS: {secret: {name: s}}}, {ports: [{port: "1"}], listener: {name: l, envoyConfig: {name: e}}}]
              - toServices: [{k8sService: {serviceName: s}}, {k8sServiceSelector: {selector: {matchLabels: {a: b}}, namespace: x}}]
              - toPorts: [{ports: [{port: "53", protocol: ANY}], rules: {dns: [{matchPattern: "*"}]}}]
              egressDeny: [{toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}, {cidrGroupRef: g}, {cidrGroupSelector: {matchLabels: {a: b}}}]}]
            ---
            {apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: c}, specs: [{nodeSelector: {}, ingress: [{}]}, {endpointSelector: {}, egress: [{}]}]}
            ---
            {apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: security}, spec: {order: 100, defaultAction: Pass}}
            ---
            {apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: n, namespace: shop, labels: {a: b}}, spec: {nets: [192.0.2.0/24]}}
            ---
            {apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: g, labels: {a: b}}, spec: {nets: ["2001:db8::/32"]}}
            ---
            apiVersion: projectcalico.org/v3
            kind: GlobalNetworkPolicy
            metadata: {name: security.all}
            spec:
              tier: security
              order: 10
              selector: app == 'web' && !has(x)
              types: [Ingress, Egress]
              ingress:
              - {action: Allow, protocol: TCP, source: {selector: a == 'b', notNets: [10.0.0.0/8]}, destination: {ports: [80, "8000:8100", http]}}
              - {action: Deny, protocol: ICMP, icmp: {type: 8, code: 0}}
              egress: [{action: Pass}]
            ---
            {apiVersion: projectcalico.org/v3, kind: StagedNetworkPolicy, metadata: {name: s, namespace: shop}, spec: {selector: all(), types: [Ingress]}}
            """;
        var before = Cluster.Of(OnePod + policies).Snapshot;
        Assert.Equal(
            AllDialects.Dialects.Select(static dialect => dialect.Name).Order(),
            before.PolicyObjects.OfType<IDialectObject>().Select(static found => found.Dialect.Name).Distinct().Order());
        Assert.Null(NetPolTools.Saving.SnapshotFile.NotWritable(before));
        Saved.AssertReadsBack(before);
    }

    private static string Fields(KubernetesObject found)
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        var node = JsonSerializer.SerializeToNode(found, found.GetType(), options)!.AsObject();
        node.Remove(nameof(KubernetesObject.Location));
        return node.ToJsonString(options);
    }
}
