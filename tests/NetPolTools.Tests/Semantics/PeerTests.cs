using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Whom an item of from or to stands for. The policy lives in namespace shop and selects shop/api.</summary>
public class PeerTests
{
    private static readonly string Manifests = Given.Documents(
        Given.Namespace("shop", "team: a"),
        Given.Namespace("lab", "team: b"),
        Given.Pod("shop/api", "app: api"),
        Given.Pod("shop/web", "app: web"),
        Given.Pod("shop/job", "app: job"),
        Given.Pod("lab/web", "app: web"),
        Given.Pod("lab/job", "app: job"),
        Given.Pod("other/web", "app: web"));

    [Fact]
    public void PodSelector_alone_means_pods_of_the_policys_own_namespace() =>
        Assert.Equal("shop/web", Allowed("[{podSelector: {matchLabels: {app: web}}}]"));

    [Fact]
    public void PodSelector_empty_means_every_pod_of_the_policys_own_namespace() =>
        Assert.Equal("shop/job shop/web", Allowed("[{podSelector: {}}]"));

    [Fact]
    public void NamespaceSelector_alone_means_all_pods_of_matching_namespaces() =>
        Assert.Equal("lab/job lab/web", Allowed("[{namespaceSelector: {matchLabels: {team: b}}}]"));

    [Fact]
    public void NamespaceSelector_empty_means_every_pod_of_the_cluster_and_nobody_outside() =>
        Assert.Equal("lab/job lab/web other/web shop/job shop/web", Allowed("[{namespaceSelector: {}}]"));

    [Fact]
    public void Both_selectors_in_one_item_are_an_AND() =>
        Assert.Equal("lab/web", Allowed("[{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: web}}}]"));

    [Fact]
    public void The_same_selectors_in_two_items_are_an_OR() =>
        Assert.Equal("lab/job lab/web shop/web", Allowed("[{namespaceSelector: {matchLabels: {team: b}}}, {podSelector: {matchLabels: {app: web}}}]"));

    [Fact]
    public void A_podSelector_of_everything_beside_a_namespaceSelector_means_all_pods_of_matching_namespaces() =>
        Assert.Equal("lab/job lab/web", Allowed("[{namespaceSelector: {matchLabels: {team: b}}, podSelector: {}}]"));

    [Fact]
    public void A_namespaceSelector_of_everything_widens_a_podSelector_to_the_cluster() =>
        Assert.Equal("lab/web other/web shop/web", Allowed("[{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]"));

    [Fact]
    public void A_namespaceSelector_can_use_every_operator()
    {
        Assert.Equal("lab/job lab/web shop/job shop/web", Allowed("[{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}]"));
        Assert.Equal("other/web", Allowed("[{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}]"));
        Assert.Equal("lab/job lab/web other/web", Allowed("[{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [a]}]}}]"));
        Assert.Equal("shop/job shop/web", Allowed("[{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [a, c]}]}}]"));
    }

    [Fact]
    public void A_selector_that_matches_nobody_allows_nobody() =>
        Assert.Equal("", Allowed("[{podSelector: {matchLabels: {app: nobody}}}]"));

    [Fact]
    public void Peers_of_egress_are_found_as_those_of_ingress()
    {
        var cluster = Given.Cluster(Manifests, Given.Policy("""
            podSelector: {matchLabels: {app: api}}
            policyTypes: [Egress]
            egress: [{to: [{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: web}}}]}]
            """, "shop/policy"));
        Assert.Equal("All", cluster.Ports("shop/api", "lab/web"));
        Assert.Equal("None", cluster.Ports("shop/api", "lab/job"));
        Assert.Equal("None", cluster.Ports("shop/api", "shop/web"));
        Assert.Equal("None", cluster.Ports("shop/api", "192.0.2.1"));
    }

    /// <summary>Who can reach shop/api.</summary>
    private static string Allowed(string from)
    {
        var cluster = Given.Cluster(Manifests, Given.Policy($"podSelector: {{matchLabels: {{app: api}}}}\ningress: [{{from: {from}}}]", "shop/policy"));
        return string.Join(' ', cluster.List()
            .Where(static connection => connection.Destination.Name == "api")
            .Select(static connection => connection.Source.Addresses ?? $"{connection.Source.Namespace}/{connection.Source.Name}"));
    }
}
