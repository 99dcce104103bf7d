using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>When pods are shown as their workload, and when each for itself.</summary>
public class OwnerTests
{
    private static readonly string Others = Given.Pod("other", "app: other");

    [Fact]
    public void Pods_of_one_owner_are_one_workload() =>
        Assert.Equal(["web[ReplicaSet]"], Names(Given.Replica("web-1", "web", "app: web"), Given.Replica("web-2", "web", "app: web")));

    [Fact]
    public void Labels_that_no_selector_asks_for_do_not_tell_pods_apart() => Assert.Equal(
        ["web[ReplicaSet]"],
        Names(
            Given.Replica("web-1", "web", "app: web, index: '1'"),
            Given.Replica("web-2", "web", "app: web, index: '2'"),
            Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{podSelector: {matchLabels: {app: other}}}]}]")));

    [Fact]
    public void Pods_of_one_owner_are_shown_apart_when_a_policy_selects_some_of_them() => Assert.Equal(
        ["web-1[Pod]", "web-2[Pod]"],
        Names(
            Given.Replica("web-1", "web", "app: web, canary: 'true'"),
            Given.Replica("web-2", "web", "app: web"),
            Given.Policy("podSelector: {matchLabels: {canary: 'true'}}\ningress: [{}]")));

    [Fact]
    public void Pods_of_one_owner_are_shown_apart_when_a_peer_selects_some_of_them() => Assert.Equal(
        ["web-1[Pod]", "web-2[Pod]"],
        Names(
            Given.Replica("web-1", "web", "app: web, canary: 'true'"),
            Given.Replica("web-2", "web", "app: web"),
            Given.Policy("podSelector: {matchLabels: {app: other}}\ningress: [{from: [{podSelector: {matchLabels: {canary: 'true'}}}]}, {ports: [{port: "
                + "80}]}]")));

    [Fact]
    public void Pods_of_one_owner_are_shown_apart_when_an_ipBlock_holds_some_of_them() => Assert.Equal(
        ["web-1[Pod]", "web-2[Pod]"],
        Names(
            Given.Replica("web-1", "web", status: "podIP: 10.0.0.1"),
            Given.Replica("web-2", "web", status: "podIP: 10.0.1.1"),
            Given.Policy("podSelector: {matchLabels: {app: other}}\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/24}}]}, {ports: [{port: 80}]}]")));

    [Fact]
    public void A_template_stands_for_its_pods_only_where_none_of_them_is_in_the_input()
    {
        var replicaSet = "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {template: {metadata: {labels: {app: web}}}}}";
        Assert.Equal(["web[ReplicaSet]"], Names(replicaSet));
        Assert.Equal(["web-1[Pod]"], Names(GroupBy.Pod, replicaSet, Given.Replica("web-1", "web", "app: web")));
    }

    [Fact]
    public void Pods_belong_to_their_Deployment_also_when_the_ReplicaSet_between_is_not_in_the_input() => Assert.Equal(
        ["web[Deployment]"],
        Names(
            Given.Workload("Deployment", "web", "app: web"),
            Given.Replica("web-5d4f-abc", "web-5d4f", "app: web, pod-template-hash: 5d4f")));

    [Fact]
    public void Pods_alone_belong_to_the_Deployment_that_made_their_ReplicaSet() => Assert.Equal(
        ["web[Deployment]"],
        Names(
            Given.Replica("web-5d4f-abc", "web-5d4f", "app: web, pod-template-hash: 5d4f"),
            Given.Replica("web-77aa-xyz", "web-77aa", "app: web, pod-template-hash: 77aa")));

    [Theory]
    [InlineData("web-5d4f", "app: web")]
    [InlineData("web-5d4f", "pod-template-hash: 77aa")]
    [InlineData("-5d4f", "pod-template-hash: 5d4f")]
    public void A_ReplicaSet_that_no_Deployment_made_stands_for_itself(string replicaSet, string labels) =>
        Assert.Equal([$"{replicaSet}[ReplicaSet]"], Names(Given.Replica("p", replicaSet, labels)));

    [Fact]
    public void Pods_are_shown_as_the_workload_at_the_top_of_the_chain_of_owners() => Assert.Equal(
        ["web[Deployment]"],
        Names(
            Given.Workload("Deployment", "web", "app: web"),
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: web-5d9c
              ownerReferences: [{kind: Deployment, name: web, controller: true}]
            """,
            Given.Replica("web-5d9c-1", "web-5d9c", "app: web")));

    [Fact]
    public void An_owner_that_is_not_in_the_input_still_names_its_pods() =>
        Assert.Equal(["gone[ReplicaSet]"], Names(Given.Replica("gone-1", "gone")));

    [Fact]
    public void A_static_pod_is_not_the_workload_of_its_node() => Assert.Equal(
        ["kube-proxy-n1[Pod]"],
        Names("{apiVersion: v1, kind: Pod, metadata: {name: kube-proxy-n1, ownerReferences: [{kind: Node, name: n1, controller: true}]}}"));

    [Fact]
    public void Owners_in_a_circle_are_shown_and_do_no_harm() => Assert.Equal(
        ["a[ReplicaSet]"],
        Names(
            "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a, ownerReferences: [{kind: ReplicaSet, name: a, controller: true}]}}",
            Given.Replica("a-1", "a")));

    private static IEnumerable<string> Names(params string[] manifests) => Names(GroupBy.Workload, manifests);

    /// <summary>Who reaches the other pod, addresses left out.</summary>
    private static IEnumerable<string> Names(GroupBy by, params string[] manifests) => Given.Cluster([Others, .. manifests])
        .List(new ConnectionQuery { By = by, To = [EndpointPattern.Parse("other")] })
        .Where(static connection => connection.Source.Name is not null)
        .Select(static connection => $"{connection.Source.Name}[{connection.Source.Kind}]");
}
