using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Fields that a kind does not have: an error in a NetworkPolicy, ignored elsewhere.</summary>
public class UnknownFieldTests
{
    [Theory]
    [InlineData("spec.podSelector.role", "podSelector: {▸role: db}", "indent it below matchLabels")]
    [InlineData("spec.from", "▸from: []", "a list item below ingress")]
    [InlineData("spec.to", "▸to: []", "a list item below egress")]
    [InlineData("spec.ports", "▸ports: []", "belongs in a rule")]
    [InlineData("spec.matchLabels", "▸matchLabels: {app: web}", "indent it below podSelector")]
    [InlineData("spec.ipBlock", "▸ipBlock: {cidr: 10.0.0.0/8}", "belongs in a peer")]
    [InlineData("spec.Ingress", "▸Ingress: []", "expected podSelector, policyTypes, ingress or egress")]
    [InlineData("spec.ingress[0].to", "ingress: [{▸to: []}]", "ingress rules say where traffic comes from with 'from'")]
    [InlineData("spec.egress[0].from", "egress: [{▸from: []}]", "egress rules say where traffic goes with 'to'")]
    [InlineData("spec.ingress[0].podSelector", "ingress: [{▸podSelector: {}}]", "a list item below from")]
    [InlineData("spec.ingress[0].port", "ingress: [{▸port: 80}]", "in an item of ports, with a dash")]
    [InlineData("spec.ingress[0].from[0].matchLabels", "ingress: [{from: [{podSelector: {}, ▸matchLabels: {a: b}}]}]", "indent it below podSelector")]
    [InlineData("spec.ingress[0].from[0].cidr", "ingress: [{from: [{podSelector: {}, ▸cidr: 10.0.0.0/8}]}]", "indent it below ipBlock")]
    [InlineData("spec.ingress[0].from[0].ports", "ingress: [{from: [{podSelector: {}, ▸ports: []}]}]", "ports stand beside from and to")]
    [InlineData("spec.ingress[0].from[0].ipBlock.mask", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, ▸mask: 8}}]}]", "expected cidr or except")]
    [InlineData("spec.ingress[0].ports[0].name", "ingress: [{ports: [{▸name: http}]}]", "expected protocol, port or endPort")]
    [InlineData("spec.podSelector.matchExpressions[0].value", "podSelector: {matchExpressions: [{key: a, operator: Exists, ▸value: b}]}",
        "expected key, operator or values")]
    public void An_unknown_field_of_a_policy_is_an_error_at_its_key_that_says_where_it_belongs(string path, string spec, string advice)
    {
        Marked.Gives(DiagnosticSeverity.Error, DiagnosticId.UnknownField, path, Given.Policy(spec), "Unknown field", advice);
        Assert.Empty(Given.Cluster(Given.Policy(new Marked(spec).Text)).Snapshot.NetworkPolicies);
    }

    [Fact]
    public void An_unknown_field_beside_spec_is_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.UnknownField,
        "podSelector",
        Given.Policy("ingress: []") + "\n▸podSelector: {}",
        "indent it below spec");

    [Fact]
    public void An_unknown_field_of_metadata_is_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.UnknownField,
        "metadata.label",
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: policy
          ▸label: {app: web}
        """,
        "expected name, namespace, labels or annotations");

    [Fact]
    public void Every_mistake_of_a_policy_is_found_in_one_reading()
    {
        var cluster = Given.Cluster(Given.Policy("""
            podSelector: {app: web}
            ingress: [{to: []}, {ports: [{name: http}]}]
            """));
        Assert.Equal(
            ["spec.podSelector.app", "spec.ingress[0].to", "spec.ingress[1].ports[0].name"],
            cluster.Diagnostics.Select(static diagnostic => diagnostic.FieldPath));
    }

    [Fact]
    public void What_the_server_adds_to_a_policy_is_known()
    {
        var cluster = Given.Cluster("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: policy
              uid: 1-2-3
              resourceVersion: "7"
              generation: 1
              creationTimestamp: "2024-01-01T00:00:00Z"
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
              managedFields: [{manager: kubectl, fieldsV1: {"f:spec": {}}}]
            spec: {podSelector: {}}
            status: {}
            """);
        Assert.Empty(cluster.Diagnostics);
        Assert.Single(cluster.Snapshot.NetworkPolicies);
    }

    [Fact]
    public void Unknown_fields_of_other_kinds_are_ignored()
    {
        var cluster = Given.Cluster(
            "{apiVersion: v1, kind: Pod, metadata: {name: a, colour: red}, spec: {containres: 7, containers: [{name: c, prots: 3}]}, more: {}}",
            "{apiVersion: v1, kind: Namespace, metadata: {name: b}, spec: [odd]}",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: c}, spec: {template: {sepc: 1}}}");
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal(("a", "c"), (Assert.Single(cluster.Snapshot.Pods).Name, Assert.Single(cluster.Snapshot.Workloads).Name));
    }

    [Fact]
    public void A_key_that_stands_twice_is_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.DuplicateKey,
        "spec.ingress",
        Given.Policy("ingress: []\n▸ingress: []"),
        "'ingress' stands twice");
}
