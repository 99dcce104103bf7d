using NetPolTools.Diagnostics;
using NetPolTools.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Live;

/// <summary>A server that answers with something else than it was asked for, and says that all is well: nothing is concluded from that.</summary>
public sealed class WrongAnswerTests
{
    private const string Policies = "/apis/networking.k8s.io/v1/networkpolicies";

    [UnixTheory]
    [InlineData("", "there is nothing in it")]
    [InlineData("  \n ", "there is nothing in it")]
    [InlineData("null", "there is nothing in it")]
    [InlineData("[]", "it does not say what it is")]
    [InlineData("17", "it does not say what it is")]
    [InlineData("{}", "it does not say what it is")]
    [InlineData("""{"kind":"NetworkPolicyList","items":[]}""", "it does not say what it is")]
    [InlineData("""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"etcd timeout"}""", "Status of v1")]
    [InlineData("""{"kind":"PodList","apiVersion":"v1","items":[]}""", "PodList of v1")]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"projectcalico.org/v3","items":[]}""", "NetworkPolicyList of projectcalico.org/v3")]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","metadata":{}}""", "NetworkPolicyList without a list of items")]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":{}}""", "NetworkPolicyList without a list of items")]
    [InlineData("""{"kind":"NetworkPolicy","apiVersion":"networking.k8s.io/v1","metadata":{"name":"a"},"spec":{}}""", "NetworkPolicy of networking.k8s.io/v1")]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":[]} {"kind":"Status"}""", "there are several documents in it")]
    public void An_answer_that_is_no_list_of_the_kind_is_an_error_and_gives_no_lines(string answer, string fault)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer(Policies, answer);
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        Assert.False(snapshot.HoldsAnything);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(
            (DiagnosticId.ClusterNotRead, $"What came as networkpolicies.networking.k8s.io is something else: {fault}."), (error.Id, error.Message));
    }

    [UnixTheory]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","items":null}""")]
    [InlineData("""{"items":[],"apiVersion":"networking.k8s.io/v1","metadata":{},"kind":"NetworkPolicyList"}""")]
    [InlineData("""{"kind":"List","apiVersion":"v1","items":[]}""")]
    public void A_list_without_objects_is_one_in_any_of_its_forms(string answer)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer(Policies, answer);
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.Empty(snapshot.Diagnostics);
        Assert.Empty(snapshot.NetworkPolicies);
    }

    [UnixFact]
    public void Each_chunk_of_a_list_has_to_be_one()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/api/v1/pods", """{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"n"},"items":[{"metadata":{"name":"a"}}]}""");
        kubectl.Answer("/api/v1/pods&continue=n", """{"kind":"Status","apiVersion":"v1"}""");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        Assert.Equal("What came as pods is something else: Status of v1.", Assert.Single(snapshot.Diagnostics).Message);
    }

    [UnixFact]
    public void One_namespace_alone_is_an_object_and_no_list()
    {
        using var kubectl = FakeKubectl.ServingOnly("shop");
        kubectl.Answer("/api/v1/namespaces/shop", """{"kind":"PodList","apiVersion":"v1","items":[]}""");
        kubectl.Forbid("/api/v1/namespaces", "namespaces");
        var (hasAnswer, snapshot) = kubectl.Read(namespaces: ["shop"]);
        Assert.False(hasAnswer);
        Assert.Contains(snapshot.Diagnostics, static told => told.Message == "What came as namespaces is something else: PodList of v1.");
    }

    [UnixTheory]
    [InlineData(Policies, "networkpolicies.networking.k8s.io")]
    [InlineData("/api/v1/pods", "pods")]
    [InlineData("/api/v1/namespaces", "namespaces")]
    public void A_server_without_what_every_cluster_has_is_none(string path, string kind)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Remove(path);
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(DiagnosticId.ClusterNotRead, error.Id);
        Assert.StartsWith($"The server says that it has no {kind}, as every cluster has.", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Every_kind_that_is_read_is_known_in_what_the_API_calls_it()
    {
        string[] types =
        [
            "Pod", "ReplicaSet", "EndpointSlice", "Endpoints", "NetworkPolicy", "Namespace", "Node", "ServiceAccount", "Deployment", "StatefulSet", "DaemonSet",
            "Job", "CronJob", "ReplicationController", "Service", "Ingress", "HTTPRoute", "GRPCRoute", "TLSRoute", "Route", "ConfigMap", "ClusterRole",
                "CustomResourceDefinition",
            "Installation", "Network", "ClusterNetwork", "NodeClass", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy", "Rollout",
                "DeploymentConfig",
            "VirtualMachine", "VirtualMachineInstance", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "CiliumCIDRGroup",
            "GlobalNetworkPolicy", "Tier", "NetworkSet", "GlobalNetworkSet", "StagedNetworkPolicy", "StagedGlobalNetworkPolicy",
            "StagedKubernetesNetworkPolicy", "HostEndpoint",
        ];
        var kinds = ClusterKinds.All.Where(static kind => kind.Type is null)
            .SelectMany(static kind => kind.Substitute is { } substitute ? new[] { kind, substitute } : [kind]);
        Assert.All(kinds, kind =>
            Assert.Contains(types, type => kind.Covers(kind.Group.Length == 0 ? kind.Versions[0] : $"{kind.Group}/{kind.Versions[0]}", type)));
    }

    [UnixTheory]
    [InlineData("https://rancher.example.org/k8s/clusters/c-m-1")]
    [InlineData("https://rancher.example.org:8443/k8s/clusters/c-m-1/")]
    [InlineData("https://kcp.example.org/clusters/root:org")]
    [InlineData("http://127.0.0.1:8001/api-prefix")]
    [InlineData("https://10.0.0.1:6443")]
    public void The_path_of_the_servers_URL_stands_before_each_path_that_is_asked_for(string url)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.ServeAt(url);
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.NotEmpty(snapshot.NetworkPolicies);
        Assert.All(kubectl.Calls, call => Assert.StartsWith($"get --raw {new Uri(url).AbsolutePath.TrimEnd('/')}/", call, StringComparison.Ordinal));
        Assert.Equal(["config view --minify --output=jsonpath={.clusters[0].cluster.server} --context=prod"], kubectl.Lookups);
    }
}
