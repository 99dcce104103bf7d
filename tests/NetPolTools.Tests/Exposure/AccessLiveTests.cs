using System.Text.Json.Nodes;
using NetPolTools.Kubectl;
using NetPolTools.Live;
using NetPolTools.Objects;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>Of a cluster, roles and bindings are read where exposure is to tell who may create pods; no other question needs them.</summary>
public sealed class AccessLiveTests
{
    private const string Version = "rbac.authorization.k8s.io/v1";
    private const string Roles = $"/apis/{Version}/roles";
    private const string ClusterRoles = $"/apis/{Version}/clusterroles";
    private const string Bindings = $"/apis/{Version}/rolebindings";
    private const string ClusterBindings = $"/apis/{Version}/clusterrolebindings";

    [UnixFact]
    public void Who_may_create_pods_is_told_of_a_cluster()
    {
        using var kubectl = Serving();
        var run = Netpol.RunWithKubectl(kubectl.Program, "exposure", "--context", "prod", "--workload", "shop/web", "--access");
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.Contains("User eve may create pods in shop: RoleBinding shop/makers, Role shop/maker", run.Output, StringComparison.Ordinal);
        Assert.Contains(": ClusterRoleBinding keepers, ClusterRole keeper", run.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public void What_may_not_be_listed_is_said()
    {
        using var kubectl = Serving();
        kubectl.Forbid(ClusterBindings, "clusterrolebindings.rbac.authorization.k8s.io");
        var run = Netpol.RunWithKubectl(kubectl.Program, "exposure", "--context", "prod", "--workload", "shop/web", "--access");
        Assert.Contains("Who may create pods or set labels by them is missing.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("RoleBinding shop/makers", run.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_access_they_are_not_asked_for()
    {
        using var kubectl = Serving();
        Netpol.RunWithKubectl(kubectl.Program, "exposure", "--context", "prod", "--workload", "shop/web");
        Assert.DoesNotContain(kubectl.Calls, static call => call.Contains("bindings", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_is_known_by_its_path()
    {
        string[] types = [AccessRole.OfNamespace, AccessRole.OfCluster, AccessBinding.OfNamespace, AccessBinding.OfCluster];
        Assert.All(ClusterKinds.Access.Zip(types), static pair => Assert.True(pair.First.Covers(Version, pair.Second), pair.Second));
    }

    private static FakeKubectl Serving()
    {
        var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/apis", """
            {"kind":"APIGroupList","apiVersion":"v1","groups":[
              {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},
              {"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"}]},
              {"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1","version":"v1"}]},
              {"name":"rbac.authorization.k8s.io","versions":[{"groupVersion":"rbac.authorization.k8s.io/v1","version":"v1"}]},
              {"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1","version":"v1"}]}]}
            """);
        kubectl.Answer(Roles, List("Role", """
            {"metadata":{"name":"maker","namespace":"shop"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["create"]}]}
            """));
        kubectl.Answer(ClusterRoles, List("ClusterRole", """
            {"metadata":{"name":"keeper"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["create"]}]}
            """));
        kubectl.Answer(Bindings, List("RoleBinding", """
            {"metadata":{"name":"makers","namespace":"shop"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"maker"},
             "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"eve"}]}
            """));
        kubectl.Answer(ClusterBindings, List("ClusterRoleBinding", """
            {"metadata":{"name":"keepers"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"keeper"},
             "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"eve"}]}
            """));
        return kubectl;
    }

    private static string List(string kind, string item) => FakeKubectl.List(kind, Version, [JsonNode.Parse(item)!]);
}
