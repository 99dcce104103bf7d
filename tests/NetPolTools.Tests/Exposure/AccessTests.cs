using NetPolTools.Asking;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>Who may create the pods that a policy lets in, or set the labels that it goes by, as roles and bindings say.</summary>
public sealed class AccessTests
{
    private const string Shop = """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        - {apiVersion: v1, kind: Namespace, metadata: {name: ops, labels: {team: ops}}}
        - {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
        - apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: db, namespace: shop}
          spec: {podSelector: {}, ingress: [{from: [PEER]}]}

        """;

    private const string OwnNamespace = "{podSelector: {matchLabels: {app: api}}}";
    private const string OfOps = "{namespaceSelector: {matchLabels: {team: ops}}}";
    private const string Anybody = "{namespaceSelector: {}}";

    [Theory]
    [InlineData("pods", "create", "User eve may create pods in shop")]
    [InlineData("pods", "patch", "User eve may set labels of pods in shop")]
    [InlineData("pods", "get")]
    [InlineData("pods/exec", "create")]
    [InlineData("deployments", "patch", "User eve may create or change workloads in shop")]
    [InlineData("'*'", "'*'", "User eve may create pods in shop", "User eve may set labels of pods in shop", "User eve may create or change workloads in shop")]
    [InlineData("namespaces", "patch")]
    public void In_its_own_namespace_pods_and_their_labels_open_the_door(string resource, string verb, params string[] expected) =>
        Assert.Equal(expected.Order(), Told(OwnNamespace, Role("Role", "shop", resource, verb) + Binding("RoleBinding", "shop", "Role")));

    [Fact]
    public void A_role_elsewhere_does_not() =>
        Assert.Empty(Told(OwnNamespace, Role("Role", "ops", "pods", "create") + Binding("RoleBinding", "ops", "Role")));

    [Fact]
    public void A_cluster_role_holds_in_the_namespace_of_its_binding() => Assert.Equal(
        ["User eve may create pods in shop"], Told(OwnNamespace, Role("ClusterRole", null, "pods", "create") + Binding("RoleBinding", "shop", "ClusterRole")));

    [Fact]
    public void Bound_for_the_whole_cluster_it_holds_everywhere() => Assert.Equal(
        ["User eve may create pods in any namespace"],
        Told(Anybody, Role("ClusterRole", null, "pods", "create") + Binding("ClusterRoleBinding", null, "ClusterRole")));

    [Theory]
    [InlineData("namespaces", "create", "User eve may create namespaces")]
    [InlineData("namespaces", "update", "User eve may set labels of any namespace")]
    [InlineData("pods", "create", "User eve may create pods in ops")]
    [InlineData("pods", "patch")]
    public void Where_labels_of_namespaces_decide_whoever_sets_them_is_told(string resource, string verb, params string[] expected) =>
        Assert.Equal(expected, Told(OfOps, Role("ClusterRole", null, resource, verb) + Binding("ClusterRoleBinding", null, "ClusterRole")));

    [Fact]
    public void A_binding_in_a_namespace_is_enough_to_label_it() => Assert.Equal(
        ["User eve may set labels of namespace shop"],
        Told(OfOps, Role("ClusterRole", null, "namespaces", "patch") + Binding("RoleBinding", "shop", "ClusterRole")));

    [Fact]
    public void A_rule_for_some_names_lets_nobody_create() => Assert.Equal(
        ["User eve may set labels of pods in shop"],
        Told(OwnNamespace, Role("Role", "shop", "pods", "'*'", "api") + Binding("RoleBinding", "shop", "Role")));

    [Theory]
    [InlineData("edit", 3)]
    [InlineData("cluster-admin", 3)]
    [InlineData("view", 0)]
    public void Roles_that_every_cluster_has_are_known(string role, int count) =>
        Assert.Equal(count, Told(OwnNamespace, Binding("RoleBinding", "shop", "ClusterRole", role)).Length);

    [Fact]
    public void A_role_may_have_the_rules_of_others() => Assert.Equal(
        ["User eve may create pods in shop"],
        Told(OwnNamespace, Role("ClusterRole", null, "pods", "create").Replace("name: some", "name: part, labels: {to: some}") + """
            - apiVersion: rbac.authorization.k8s.io/v1
              kind: ClusterRole
              metadata: {name: some}
              aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: some}}]}

            """ + Binding("RoleBinding", "shop", "ClusterRole")));

    [Fact]
    public void Without_bindings_that_is_told()
    {
        var answer = Ask(OwnNamespace, "");
        Assert.Contains(answer.Diagnostics, static told => told.Diagnostic.Message.StartsWith("The input holds no RoleBinding", StringComparison.Ordinal));
    }

    [Fact]
    public void The_binding_and_its_place_are_told() => Assert.EndsWith(
        ": RoleBinding shop/binds, Role shop/some (input:15:3)",
        Assert.Single(Lines(OwnNamespace, Role("Role", "shop", "pods", "create") + Binding("RoleBinding", "shop", "Role"))[0].Access).ToString());

    private static string Role(string kind, string? ns, string resource, string verb, string? name = null) => $$"""
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: {{kind}}
          metadata: {name: some{{(ns is null ? "" : $", namespace: {ns}")}}}
          rules: [{apiGroups: ['', apps], resources: [{{resource}}], verbs: [{{verb}}]{{(name is null ? "" : $", resourceNames: [{name}]")}}}]

        """;

    private static string Binding(string kind, string? ns, string role, string name = "some") => $$"""
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: {{kind}}
          metadata: {name: binds{{(ns is null ? "" : $", namespace: {ns}")}}}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: {{role}}, name: {{name}}}
          subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: eve}]

        """;

    private static string[] Told(string peer, string access) =>
        [.. Lines(peer, access).SelectMany(static line => line.Access).Select(static found => found.ToString().Split(": ")[0]).Distinct().Order()];

    private static ExposureLine[] Lines(string peer, string access) =>
        [.. Ask(peer, access).Value!.Lines().Where(static line => line.Direction == PolicyDirection.Ingress)];

    private static Answer<ExposureList> Ask(string peer, string access)
    {
        var cluster = Cluster.Of(Shop.Replace("PEER", peer) + access);
        Assert.Empty(cluster.Errors);
        var question = new ExposureQuestion { WithAccess = true, Workloads = [EndpointPattern.Parse("shop/db")], Assumptions = Assumptions.None };
        return question.Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain);
    }
}
