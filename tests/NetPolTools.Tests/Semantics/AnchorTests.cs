using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Anchors, aliases and merge keys in manifests.</summary>
public class AnchorTests
{
    [Fact]
    public void An_alias_stands_for_what_was_anchored()
    {
        var cluster = Given.Cluster(Given.Pod("web", "app: web"), Given.Pod("api", "app: api"), """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: policy}
            spec:
              podSelector: &web {matchLabels: {app: web}}
              ingress:
              - from: [{podSelector: *web}, {podSelector: {matchLabels: {app: api}}}]
                ports: &ports [{port: 80}]
              - from: [{ipBlock: {cidr: 192.0.2.0/24}}]
                ports: *ports
            """);
        Assert.Equal("TCP 80", cluster.Ports("api", "web"));
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "web"));
    }

    [Fact]
    public void A_merge_key_brings_in_what_the_map_does_not_have_itself()
    {
        var cluster = Given.Cluster("""
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Pod
              metadata:
                name: a
                labels: &common {app: web, tier: front}
            - apiVersion: v1
              kind: Pod
              metadata:
                name: b
                labels:
                  <<: *common
                  tier: back
            """);
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal(["app=web,tier=front", "app=web,tier=back"], cluster.Snapshot.Pods.Select(static pod => pod.Metadata.Labels.ToString()));
    }

    [Fact]
    public void A_merge_key_may_list_several_maps_and_the_earlier_wins()
    {
        var cluster = Given.Cluster("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: policy
              annotations: {note: nothing}
            spec:
              podSelector:
                matchLabels:
                  <<: [{app: web}, {app: api, tier: front}]
            """);
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("app=web,tier=front", Assert.Single(cluster.Snapshot.NetworkPolicies).PodSelector.ToString());
    }

    [Fact]
    public void Anchors_do_not_reach_into_the_next_document()
    {
        var cluster = Given.Cluster("""
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: &labels {app: web}}
            """, """
            apiVersion: v1
            kind: Pod
            metadata: {name: b, labels: *labels}
            """);
        var error = Assert.Single(cluster.Errors);
        Assert.Equal((DiagnosticId.SyntaxError, 8), (error.Id, error.Location.Line));
        Assert.Contains("labels", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(cluster.Snapshot.Pods).Name);
    }

    [Fact]
    public void What_is_wrong_in_an_alias_is_shown_at_the_alias()
    {
        var marked = new Marked("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: policy, annotations: {a: &number "80"}}
            spec:
              ingress:
              - ports:
                - ▸port: *number
            """);
        var error = Assert.Single(Cluster.Of(marked.Text).Errors);
        Assert.Equal((marked.Line, marked.Column, "spec.ingress[0].ports[0].port"), (error.Location.Line, error.Location.Column, error.FieldPath));
    }
}
