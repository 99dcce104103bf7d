using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;

namespace NetPolTools.Tests.Writing;

public sealed class CanonicalManifestTests
{
    /// <summary>As <c>kubectl get networkpolicy -o json</c> prints one: keys sorted, defaults filled in, the server's own fields among them.</summary>
    private const string FromServer = """
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"apiVersion\":\"networking.k8s.io/v1\"}\n", "owner": "shop"},
            "creationTimestamp": "2024-05-01T10:00:00Z", "generation": 2, "labels": {"team": "80"},
            "managedFields": [{"manager": "kubectl", "operation": "Update"}], "name": "db", "namespace": "shop", "resourceVersion": "1234",
            "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "u"}], "uid": "0f"},
         "spec": {"egress": [{"ports": [{"port": 53, "protocol": "UDP"}], "to": [{"ipBlock": {"except": ["10.0.0.1/32"], "cidr": "10.0.0.0/8"}}]}],
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "api"}}, "namespaceSelector": {}}], "ports": [{"endPort": 8100, "port": 8000, "protocol": "TCP"}]}],
            "podSelector": {"matchExpressions": [{"operator": "In", "key": "app", "values": ["db"]}], "matchLabels": {"to": "a", "from": "b"}},
            "policyTypes": ["Ingress", "Egress"]}, "status": {}}
        """;

    [Fact]
    public void A_policy_of_the_admin_tiers_is_written_from_its_place_to_its_rules() => Assert.Equal(
        """
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata:
          name: web
        spec:
          tier: Admin
          priority: 5
          subject:
            pods:
              namespaceSelector: {}
              podSelector:
                matchLabels:
                  to: a
                  action: b
          egress:
          - name: a
            action: Deny
            to:
            - networks:
              - 10.0.0.0/8
            protocols:
            - tcp:
                destinationPort:
                  range:
                    start: 1
                    end: 9
        """,
        Assert.Single(Written.Again("""
            {"apiVersion": "policy.networking.k8s.io/v1alpha2", "kind": "ClusterNetworkPolicy", "metadata": {"name": "web", "uid": "0f"}, "spec": {
                "egress": [{"action": "Deny", "name": "a", "protocols": [{"tcp": {"destinationPort": {"range": {"end": 9, "start": 1}}}}], "to": [{"networks": ["10.0.0.0/8"]}]}],
                "priority": 5, "subject": {"pods": {"podSelector": {"matchLabels": {"to": "a", "action": "b"}}, "namespaceSelector": {}}}, "tier": "Admin"}}
            """)));

    [Fact]
    public void A_policy_of_the_server_is_written_as_people_write_it() => Assert.Equal(
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
          labels:
            team: "80"
          annotations:
            owner: shop
        spec:
          podSelector:
            matchLabels:
              to: a
              from: b
            matchExpressions:
            - key: app
              operator: In
              values:
              - db
          policyTypes:
          - Ingress
          - Egress
          ingress:
          - from:
            - namespaceSelector: {}
              podSelector:
                matchLabels:
                  app: api
            ports:
            - protocol: TCP
              port: 8000
              endPort: 8100
          egress:
          - to:
            - ipBlock:
                cidr: 10.0.0.0/8
                except:
                - 10.0.0.1/32
            ports:
            - protocol: UDP
              port: 53
        """,
        Assert.Single(Written.Again(FromServer)));

    [Theory]
    [InlineData("managedFields:")]
    [InlineData("uid:")]
    [InlineData("resourceVersion:")]
    [InlineData("creationTimestamp:")]
    [InlineData("ownerReferences:")]
    [InlineData("last-applied-configuration:")]
    [InlineData("status:")]
    public void In_full_nothing_of_the_server_is_dropped(string field)
    {
        Assert.Contains(field, Assert.Single(Written.Again(FromServer, full: true)), StringComparison.Ordinal);
        Assert.DoesNotContain(field, Assert.Single(Written.Again(FromServer)), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_stay_as_the_user_wrote_them() => Assert.Equal(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n  podSelector: {}\n  ingress:\n  - {}\n  - from: []\n    "
            + "ports:\n    - port: http\n  egress: []",
        Assert.Single(Written.Again(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {egress: [], ingress: [{}, {ports: [{port: http}], from: "
            + "[]}], podSelector: {}}")));

    [Fact]
    public void Other_kinds_keep_every_field_that_was_written() => Assert.Equal(
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  finalizers:\n  - x/y\ndata:\n  script: |\n    a\n    b\nother:\n  z: 1\n  a: null",
        Assert.Single(Written.Again(
            "kind: ConfigMap\nother: {z: 1, a: null}\ndata: {script: \"a\\nb\\n\"}\nmetadata: {finalizers: [x/y], name: a}\napiVersion: v1")));

    [Fact]
    public void A_NetworkPolicy_of_another_group_is_another_kind()
    {
        var found = Assert.Single(
            Written.Objects("apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a, namespace: b}\nspec: {ingress: [], order: 1}"));
        Assert.Equal("NetworkPolicy.projectcalico.org b/a", found.Reference.ToString());
        Assert.Equal("networkpolicy.projectcalico.org.b.a.yaml", ManifestFileName.Of(found.Reference));
    }

    [Fact]
    public void Lists_are_unwrapped_and_their_items_know_their_kind()
    {
        const string List = """{"apiVersion": "v1", "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}, "kind": "Namespace", "apiVersion": "v1"}], "kind": "NamespaceList"}""";
        Assert.Equal(
            ["---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: a", "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: b"],
            Written.Again(List).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(DiagnosticId.InvalidValue,
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: {}, ingress: [{ports: [{port: 0}]}]}")]
    [InlineData(DiagnosticId.UnknownField, "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelektor: {}}")]
    [InlineData(DiagnosticId.DuplicateKey, "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: x, a: y}")]
    [InlineData(DiagnosticId.InvalidValue, "apiVersion: v1\nkind: ConfigMap")]
    [InlineData(DiagnosticId.NotAnObject, "metadata: {name: a}")]
    [InlineData(DiagnosticId.NotAnObject, "items: []")]
    [InlineData(DiagnosticId.WrongType, "just text")]
    [InlineData(DiagnosticId.WrongType, "kind: List\napiVersion: v1\nitems: {a: b}")]
    [InlineData(DiagnosticId.SyntaxError, "a: [")]
    public void What_is_wrong_is_said_and_not_written_and_its_neighbours_are(DiagnosticId id, string manifest)
    {
        var diagnostics = new List<Diagnostic>();
        var written = Written.Again($"---\n{Given.Namespace("before")}\n---\n{manifest}\n---\n{Given.Namespace("behind")}", diagnostics);
        Assert.Equal(2, written.Count);
        Assert.Contains(diagnostics, found => found.Id == id && found.Severity == DiagnosticSeverity.Error);
    }
}
