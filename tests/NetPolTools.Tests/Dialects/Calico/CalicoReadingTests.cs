using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Dialects.Calico;

/// <summary>Objects of Calico in the API's form and in that in which they are stored.</summary>
public sealed class CalicoReadingTests
{
    private const string Everything = """
        apiVersion: projectcalico.org/v3
        kind: NetworkPolicy
        metadata: {name: security.web, namespace: shop, labels: {team: a}}
        spec:
          tier: security
          order: -1.5
          selector: app == 'web'
          serviceAccountSelector: has(x)
          types: [Ingress, Egress]
          performanceHints: [AssumeNeededOnEveryNode]
          ingress:
          - action: Allow
            metadata: {annotations: {why: because}}
            ipVersion: 4
            protocol: TCP
            notProtocol: "17"
            source:
              selector: a == 'b'
              notSelector: has(c)
              namespaceSelector: global()
              nets: [10.0.0.0/8]
              notNets: [10.1.0.0/16]
              serviceAccounts: {names: [x], selector: all()}
              ports: [1]
              notPorts: ["2"]
            destination:
              ports: [80, "90:91", http, 20:21]
            http:
              methods: [GET]
              paths: [{exact: /a}, {prefix: /b}]
          egress:
          - action: Log
            protocol: ICMP
            icmp: {type: 8, code: 0}
            notICMP: {type: 3}
            destination: {services: {name: db, namespace: data}}
        """;

    [Fact]
    public void Every_field_of_a_policy_is_read()
    {
        var policy = Assert.IsType<CalicoPolicy>(Only(Everything));
        Assert.Equal("CalicoNetworkPolicy shop/security.web", policy.ToString());
        Assert.Equal(("security", "security", -1.5, false), (policy.Tier, policy.TierName, policy.Order, policy.IsStorageForm));
        Assert.Equal(["Ingress", "Egress"], policy.Types);
        var ingress = Assert.Single(policy.Ingress);
        Assert.Equal(("input", 12, 5), (ingress.Location.File, ingress.Location.Line, ingress.Location.Column));
        Assert.Equal((CalicoProtocol.Tcp, CalicoProtocol.Udp, 4), (ingress.Protocol?.Number, ingress.NotProtocol?.Number, ingress.IPVersion));
        Assert.Equal([new(80), new(90, 91, null), new("http"), new(20, 21, null)], ingress.Destination.Ports);
        Assert.Equal(("a == 'b'", "has(c)", "global()"), (ingress.Source.Selector, ingress.Source.NotSelector, ingress.Source.NamespaceSelector));
        Assert.Equal([new(null, "/b")], ingress.Http!.Paths.Skip(1));
        var egress = Assert.Single(policy.Egress);
        Assert.Equal((new CalicoIcmp(8, 0), new CalicoIcmp(3, null)), (egress.Icmp, egress.NotIcmp));
        Assert.Equal(new CalicoService("db", "data"), egress.Destination.Services);
        Assert.True(egress.Source.IsAny);
    }

    [Fact]
    public void Tiers_sets_and_host_endpoints_are_read()
    {
        var read = CalicoInput.Of("""
            {apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: t}, spec: {order: 10, defaultAction: Pass}}
            ---
            {apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: g, labels: {a: b}}, spec: {nets: [10.0.0.1, 10.0.0.1/8, "fd00::/8"]}}
            ---
            {apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: s, namespace: x}}
            ---
            apiVersion: projectcalico.org/v3
            kind: HostEndpoint
            metadata: {name: h}
            spec:
              node: n1
              interfaceName: "*"
              expectedIPs: [192.0.2.1]
              profiles: [projectcalico-default-allow]
              ports: [{name: ssh, protocol: TCP, port: 22}]
            """);
        Assert.Empty(read.Snapshot.Diagnostics);
        var objects = read.Objects.ToArray();
        Assert.Equal((10, true), (((CalicoTier)objects[0]).Order, ((CalicoTier)objects[0]).PassesUnmatched));
        Assert.Equal(3, ((CalicoNetworkSet)objects[1]).Nets.Count);
        Assert.Equal(("x", 0), (objects[2].Metadata.Namespace, ((CalicoNetworkSet)objects[2]).Nets.Count));
        var endpoint = (CalicoHostEndpoint)objects[3];
        Assert.Equal([new("ssh", new CalicoProtocol("TCP"), 22)], endpoint.Ports);
        Assert.Equal(("n1", "*"), (endpoint.Node, endpoint.InterfaceName));
    }

    [Fact]
    public void A_staged_policy_of_Kubernetes_holds_the_policy_that_it_would_be()
    {
        var staged = Assert.IsType<CalicoStagedKubernetesPolicy>(Only("""
            apiVersion: projectcalico.org/v3
            kind: StagedKubernetesNetworkPolicy
            metadata: {name: s, namespace: x}
            spec:
              stagedAction: Set
              podSelector: {matchLabels: {a: b}}
              policyTypes: [Ingress]
              ingress: [{from: [{podSelector: {}}]}]
            """));
        Assert.Equal(("Set", "NetworkPolicy x/s", 1), (staged.StagedAction, staged.Policy.ToString(), staged.Policy.Ingress!.Count));
    }

    [Theory]
    [InlineData("""{"name":"web","labels":{"a":"new"}}""", "default.web", "web", "new")]
    [InlineData("""{"labels":{"a":"new"}}""", "default.web", "web", "new")]
    [InlineData("""{"name":"default.web"}""", "default.web", "default.web", "old")]
    [InlineData(null, "default.web", "web", "old")]
    [InlineData(null, "web", "web", "old")]
    public void The_storage_form_has_the_name_and_the_labels_that_Calico_shows(string? annotation, string stored, string name, string label)
    {
        var policy = Assert.IsType<CalicoPolicy>(Only($$"""
            apiVersion: crd.projectcalico.org/v1
            kind: GlobalNetworkPolicy
            metadata:
              name: {{stored}}
              labels: {a: old}
              annotations:
                a: b
                {{(annotation is null ? "" : $"projectcalico.org/metadata: '{annotation}'")}}
            spec: {selector: all()}
            """));
        Assert.Equal((name, stored, "default", true), (policy.Name, policy.StoredName, policy.TierName, policy.IsStorageForm));
        Assert.Equal(LabelSet.Create([new("a", label)]), policy.Metadata.Labels);
        Assert.DoesNotContain(policy.Metadata.Annotations, static pair => pair.Key.StartsWith("projectcalico.org", StringComparison.Ordinal));
    }

    [Fact]
    public void The_labels_of_a_stored_network_set_are_in_its_annotation()
    {
        var set = Only("""
            apiVersion: crd.projectcalico.org/v1
            kind: GlobalNetworkSet
            metadata: {name: g, annotations: {projectcalico.org/metadata: '{"labels":{"role":"db"},"creationTimestamp":null}'}}
            spec: {nets: [10.0.0.0/8]}
            """);
        Assert.Equal("GlobalNetworkSet g", set.ToString());
        Assert.True(set.Metadata.Labels.TryGet("role", out var role) && role == "db");
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{\"labels\":{\"a\":1}}")]
    [InlineData("{\"labels\":7}")]
    public void An_annotation_that_Calico_cannot_read_is_an_error(string annotation)
    {
        var read = CalicoInput.Of($$"""
            apiVersion: crd.projectcalico.org/v1
            kind: GlobalNetworkSet
            metadata:
              name: g
              annotations:
                projectcalico.org/metadata: '{{annotation}}'
            spec: {nets: [10.0.0.0/8]}
            """);
        Assert.Empty(read.Objects);
        var error = Assert.Single(read.Errors);
        Assert.Equal(("metadata.annotations", 6), (error.FieldPath, error.Location.Line));
    }

    [Fact]
    public void The_tier_of_a_stored_policy_that_says_none_is_in_its_name()
    {
        Assert.Equal("security", ((CalicoPolicy)Only(Stored("security.web", ""))).TierName);
        Assert.Equal("default", ((CalicoPolicy)Only(Stored("web", ""))).TierName);
        Assert.Equal("other", ((CalicoPolicy)Only(Stored("other.web", "tier: other"))).TierName);
    }

    [Theory]
    [InlineData("", true, false, true, true)]
    [InlineData("ingress: [{action: Deny}]", true, false, true, true)]
    [InlineData("egress: [{action: Deny}]", false, true, true, true)]
    [InlineData("ingress: [{action: Deny}], egress: [{action: Deny}]", true, true, true, true)]
    [InlineData("types: [], egress: [{action: Deny}]", false, true, true, true)]
    [InlineData("types: [Ingress], egress: [{action: Deny}]", true, false, true, false)]
    public void Where_a_policy_says_no_types_its_rules_do_and_in_the_storage_form_it_is_both(
        string spec, bool ingress, bool egress, bool storedIngress, bool storedEgress)
    {
        var policy = (CalicoPolicy)Only(
            $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: p}}, spec: {{selector: all(), {spec}}}}}");
        var stored = (CalicoPolicy)Only(Stored("default.p", spec));
        Assert.Equal((ingress, egress), (policy.AppliesTo(PolicyDirection.Ingress), policy.AppliesTo(PolicyDirection.Egress)));
        Assert.Equal((storedIngress, storedEgress), (stored.AppliesTo(PolicyDirection.Ingress), stored.AppliesTo(PolicyDirection.Egress)));
    }

    [Fact]
    public void One_object_in_both_forms_is_taken_once_and_said()
    {
        var read = CalicoInput.Of(Stored("default.p", "order: 1")
            + "\n---\n{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: p}, spec: {order: 1}}");
        Assert.False(Assert.Single(read.Objects).IsStorageForm);
        Assert.Equal(DiagnosticId.DuplicateObject, Assert.Single(read.Warnings).Id);
    }

    [Fact]
    public void A_policy_of_Kubernetes_and_one_of_Calico_may_have_the_same_name()
    {
        var read = CalicoInput.Of("""
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: x}, spec: {podSelector: {}}}
            ---
            {apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: p, namespace: x}, spec: {selector: all()}}
            """);
        Assert.Empty(read.Snapshot.Diagnostics);
        Assert.Single(read.Objects);
        Assert.Single(read.Snapshot.NetworkPolicies);
    }

    [Theory]
    [InlineData("podSelector: {}", "spec.podSelector", "Calico has a selector in one line: selector: app == 'web'")]
    [InlineData("policyTypes: [Ingress]", "spec.policyTypes", "Calico calls it types")]
    [InlineData("namespaceSelector: all()", "spec.namespaceSelector", "a GlobalNetworkPolicy has namespaceSelector")]
    [InlineData("ingress: [{action: Allow, from: []}]", "spec.ingress[0].from", "Calico has one source instead of a list of peers")]
    [InlineData("ingress: [{action: Allow, ports: [80]}]", "spec.ingress[0].ports", "'ports' belongs below destination")]
    [InlineData("ingress: [{action: Allow, source: {domains: [a.b]}}]", "spec.ingress[0].source.domains", "Calico Enterprise and Calico Cloud only")]
    [InlineData("ingress: [{action: allow}]", "spec.ingress[0].action", "Found 'allow', expected Allow, Deny, Log or Pass, in this case.")]
    [InlineData("ingress: [{action: Allow, protocol: tcp}]", "spec.ingress[0].protocol", "'tcp' is no protocol; expected TCP, UDP")]
    [InlineData("ingress: [{action: Allow, source: {nets: [10.0.0.1]}}]", "spec.ingress[0].source.nets[0]", "one address is written 10.0.0.1/32")]
    [InlineData("ingress: [{action: Allow, source: {nets: [10.0.0.1/8]}}]", "spec.ingress[0].source.nets[0]", "the block is 10.0.0.0/8")]
    [InlineData("ingress: [{action: Allow, protocol: TCP, destination: {ports: [80-90]}}]", "spec.ingress[0].destination.ports[0]", "written 6000:7000")]
    [InlineData("selector: a = 'b'", "spec.selector", "Found a single '='; equality is written ==, at character 3.")]
    [InlineData("selector: global()", "spec.selector", "global() may stand in the namespaceSelector")]
    [InlineData("order: first", "spec.order", "expected a number, without quotes")]
    public void What_Calico_refuses_is_said_at_its_place_with_the_remedy(string spec, string path, string message)
    {
        var read = CalicoInput.Of($"apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: x}}\nspec:\n  {spec}\n");
        Assert.Empty(read.Objects);
        var error = Assert.Single(read.Errors);
        Assert.Equal(path, error.FieldPath);
        Assert.Equal(5, error.Location.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new ObjectReference("CalicoNetworkPolicy", "x", "p"), error.Object);
    }

    [Theory]
    [InlineData("spec: {ingress: [{action: Allow, destination: {ports: [http]}}]}", "Calico before 3.32 refuses it.", "3.31", true)]
    [InlineData("spec: {ingress: [{action: Allow, destination: {ports: [http]}}]}", "Calico before 3.32 refuses it.", "3.32", false)]
    [InlineData("spec: {ingress: [{action: Allow, source: {notNets: [0.0.0.0/0]}}]}", "Calico refuses it since 3.31.", "3.30", false)]
    [InlineData("spec: {ingress: [{action: Allow, protocol: 1, icmp: {type: 8}}]}", "Calico before 3.33 refuses it.", "3.33", false)]
    [InlineData("spec: {tier: other}", "Calico before 3.32 refuses it.", "3.31", true)]
    public void What_only_some_versions_refuse_is_a_warning_with_the_versions(string spec, string when, string version, bool isRefused)
    {
        var read = CalicoInput.Of($"apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: x}}\n{spec}\n");
        Assert.Empty(read.Errors);
        var warning = Assert.Single(read.Warnings);
        Assert.EndsWith(when, warning.Message, StringComparison.Ordinal);
        Assert.Equal(isRefused, CalicoRules.Check(Assert.Single(read.Objects)).Any(refusal => refusal.IsBy(Version.Parse(version))));
    }

    [Fact]
    public void A_name_that_YAML_takes_for_something_else_is_a_warning_since_calicoctl_takes_it()
    {
        var read = CalicoInput.Of("apiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata:\n  name: n\n");
        Assert.Empty(read.Errors);
        Assert.Equal("false", Assert.Single(read.Objects).Name);
        Assert.Equal(
            "Found the boolean false (written n). calicoctl takes it as a text, kubectl does not; quote it.", Assert.Single(read.Warnings).Message);
    }

    [Fact]
    public void A_policy_without_a_spec_is_taken_and_said()
    {
        var read = CalicoInput.Of("{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: p}}");
        Assert.Single(read.Objects);
        Assert.Equal(DiagnosticId.MissingSpec, Assert.Single(read.Warnings).Id);
    }

    private static string Stored(string name, string spec) =>
        $"{{apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy, metadata: {{name: {name}}}, spec: {{selector: all(), {spec}}}}}";

    private static CalicoObject Only(string manifest)
    {
        var read = CalicoInput.Of(manifest);
        Assert.Empty(read.Snapshot.Diagnostics);
        return Assert.Single(read.Objects);
    }
}
