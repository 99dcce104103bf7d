using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Many objects in one input.</summary>
public class ListTests
{
    [Fact]
    public void A_YAML_stream_holds_many_documents() =>
        Assert.Equal("a b", Pods(Given.Documents(Given.Pod("a"), "", "# nothing but a comment", Given.Pod("b"), "...")));

    [Fact]
    public void A_List_is_unwrapped() => Assert.Equal("a b", Pods("""
        apiVersion: v1
        kind: List
        metadata: {resourceVersion: ""}
        items:
        - {apiVersion: v1, kind: Pod, metadata: {name: a}}
        - {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """));

    [Fact]
    public void A_List_in_a_List_is_unwrapped() => Assert.Equal("a b c", Pods("""
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Pod, metadata: {name: a}}
        - apiVersion: v1
          kind: List
          items:
          - {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: b}}]}
        - {apiVersion: v1, kind: Pod, metadata: {name: c}}
        """));

    [Fact]
    public void Items_of_a_PodList_may_lack_their_own_kind() => Assert.Equal("a b", Pods("""
        apiVersion: v1
        kind: PodList
        items:
        - metadata: {name: a}
        - {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """));

    [Fact]
    public void The_kind_of_a_PodList_may_stand_behind_its_items() => Assert.Equal("a b", Pods("""
        items:
        - metadata: {name: a}
        - metadata: {name: b}
        kind: PodList
        apiVersion: v1
        """));

    [Fact]
    public void Items_of_a_List_without_a_kind_are_no_objects()
    {
        var cluster = Given.Cluster("""
            apiVersion: v1
            kind: List
            items:
            - metadata: {name: a}
            - {apiVersion: v1, kind: Pod, metadata: {name: b}}
            """);
        var error = Assert.Single(cluster.Errors);
        Assert.Equal((5, 3), (error.Location.Line, error.Location.Column));
        Assert.Equal("b", Assert.Single(cluster.Snapshot.Pods).Name);
    }

    [Fact]
    public void A_NetworkPolicyList_is_read_as_strictly_as_a_NetworkPolicy()
    {
        var cluster = Given.Cluster("""
            items:
            - metadata: {name: good}
            - metadata: {name: bad}
              spec: {podSelector: {app: web}}
            kind: NetworkPolicyList
            apiVersion: networking.k8s.io/v1
            """);
        Assert.Equal("spec.podSelector.app", Assert.Single(cluster.Errors).FieldPath);
        Assert.Equal("good", Assert.Single(cluster.Snapshot.NetworkPolicies).Name);
    }

    [Fact]
    public void Field_paths_begin_at_the_object_and_not_at_the_list_around_it()
    {
        var cluster = Given.Cluster("""
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Pod, metadata: {name: a}}
            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: bad}
              spec: {ingress: [{from: [{}]}]}
            """);
        Assert.Equal("spec.ingress[0].from[0]", Assert.Single(cluster.Errors).FieldPath);
    }

    [Fact]
    public void An_array_at_the_top_holds_objects_as_ConvertTo_Json_makes_it() =>
        Assert.Equal("a b", Pods("""[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}},{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}]"""));

    [Fact]
    public void JSON_is_read_as_JSON_and_one_value_may_follow_another() =>
        Assert.Equal("a b", Pods("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}}
            """));

    [Fact]
    public void An_empty_List_is_fine() => Assert.Equal("", Pods("""
        apiVersion: v1
        kind: List
        items: []
        """));

    [Fact]
    public void A_kind_that_ends_in_List_and_has_no_items_is_an_ordinary_other_kind() =>
        Assert.Equal(1, Given.Cluster("{apiVersion: example.com/v1, kind: AllowList, spec: {items: [a]}}").Snapshot.SkippedKinds["AllowList"]);

    [Fact]
    public void Items_of_a_List_that_are_no_list_are_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "items",
        """
        apiVersion: v1
        kind: List
        items:
          ▸apiVersion: v1
          kind: Pod
        """,
        "Found a map",
        "a list of objects, each with a dash");

    private static string Pods(string manifests)
    {
        var cluster = Cluster.Of(manifests);
        Assert.Empty(cluster.Diagnostics);
        return string.Join(' ', cluster.Snapshot.Pods.Select(static pod => pod.Name));
    }
}
