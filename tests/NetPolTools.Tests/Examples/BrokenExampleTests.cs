using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Examples;

/// <summary>
/// Mistakes that stand in real documentation. Each gets an error at its line and column that says what to write instead, and the policy is left out.
/// </summary>
public class BrokenExampleTests
{
    private const string Peer = "spec.ingress[0].from[0]";

    [Theory]
    [InlineData("ipblock-as-list", 10, 7, Peer + ".ipBlock", "Found a list", "remove the dashes below ipBlock", "except: [10.0.0.10/32]")]
    [InlineData("except-as-one-address", 11, 17, Peer
        + ".ipBlock.except", "Found the string \"10.0.0.10\"", "a list of CIDR blocks", "write except: [10.0.0.10/32]")]
    [InlineData("except-without-prefix", 12, 11, Peer + ".ipBlock.except[0]", "'10.0.0.10' is an address", "write 10.0.0.10/32")]
    [InlineData("namespace-selector-as-list", 10, 7, Peer
        + ".namespaceSelector", "Found a list", "remove the dash before matchLabels", "indent the labels below it")]
    [InlineData("pod-selector-as-list", 10, 7, Peer + ".podSelector", "Found a list", "remove the dash before matchLabels", "indent the labels below it")]
    [InlineData("dedented-labels", 8, 8, "spec.podSelector.role", "Unknown field 'role'", "if 'role' is a label, indent it below matchLabels")]
    [InlineData("dedented-peer-labels", 12, 10, Peer + ".matchLabels", "Unknown field 'matchLabels'", "indent it below podSelector")]
    [InlineData("dedented-ports", 14, 4, "spec.ports", "Unknown field 'ports'", "'ports' belongs in a rule")]
    [InlineData("pod-selector-without-match-labels", 8, 5, "spec.podSelector.app", "Unknown field 'app'", "indent it below matchLabels")]
    [InlineData("dedented-peer", 14, 8, null, "expected '- ' for a list item", "align this line")]
    [InlineData("port-under-protocol", 12, 17, null, "no key can stand", "check the indentation of this line and the one above")]
    [InlineData("go-types-as-rules", 13, 14, null, "more text after this value", "expected the end of the line")]
    [InlineData("peers-alone", 1, 1, null, "Not a Kubernetes object", "found from", "part of a NetworkPolicy", "kind: NetworkPolicy")]
    [InlineData("list-of-peers-alone", 1, 3, null, "Not a Kubernetes object", "found podSelector", "part of a NetworkPolicy", "below spec")]
    [InlineData("spec-alone", 1, 1, null, "apiVersion and kind are missing; found spec", "apiVersion: networking.k8s.io/v1 and kind: NetworkPolicy")]
    public void A_mistake_is_shown_where_it_is_with_what_to_write_instead(string example, int line, int column, string? path, params string[] words)
    {
        var file = Repository.Example("broken", example + ".yaml");
        var cluster = Cluster.OfPaths(file);
        var error = Assert.Single(cluster.Errors);
        Assert.Equal(new SourceLocation(file, line, column), error.Location);
        Assert.Equal(path ?? "", error.FieldPath ?? "");
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.Empty(cluster.Snapshot.NetworkPolicies);
    }

    [Fact]
    public void Both_selectors_as_lists_are_both_shown()
    {
        var errors = Cluster.OfPaths(Repository.Example("broken", "both-selectors-as-lists.yaml")).Errors;
        Assert.Equal(
            [(Peer + ".namespaceSelector", 10, 7), (Peer + ".podSelector", 13, 7)],
            errors.Select(static e => (e.FieldPath!, e.Location.Line, e.Location.Column)));
    }

    [Fact]
    public void Rules_dedented_to_the_top_level_are_all_told_to_go_below_spec()
    {
        var errors = Cluster.OfPaths(Repository.Example("broken", "dedented-rules.yaml")).Errors.ToArray();
        Assert.Equal([("policyTypes", 9, 1), ("ingress", 11, 1)], errors.Select(static e => (e.FieldPath!, e.Location.Line, e.Location.Column)));
        Assert.All(errors, static error => Assert.Contains("indent it below spec", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_of_broken_policies_gives_an_error_for_each_file_and_no_policy()
    {
        var cluster = Cluster.OfPaths(Repository.Example("broken"));
        Assert.Empty(cluster.Snapshot.NetworkPolicies);
        Assert.Equal(
            Directory.GetFiles(Repository.Example("broken")).Order(StringComparer.Ordinal),
            cluster.Errors.Select(static error => error.Location.File).Distinct());
    }

    [Fact]
    public void A_broken_policy_does_not_keep_its_neighbours_from_counting()
    {
        var cluster = Cluster.OfPaths(
            Repository.Example("broken"), Repository.Example("db-policy", "pods.yaml"), Repository.Example("db-policy", "policy.yaml"));
        Assert.Equal("TCP 3306", cluster.Ports("api-pod", "db"));
        Assert.Equal("None", cluster.Ports("web-pod", "db"));
    }
}
