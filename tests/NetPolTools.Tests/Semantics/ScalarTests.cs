using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>YAML as kubectl reads it: what is a string, and what only looks like one.</summary>
public class ScalarTests
{
    [Theory]
    [InlineData("y", "the boolean true (written y)")]
    [InlineData("yes", "the boolean true (written yes)")]
    [InlineData("Yes", "the boolean true (written Yes)")]
    [InlineData("on", "the boolean true (written on)")]
    [InlineData("true", "the boolean true")]
    [InlineData("n", "the boolean false (written n)")]
    [InlineData("no", "the boolean false (written no)")]
    [InlineData("off", "the boolean false (written off)")]
    [InlineData("False", "the boolean false (written False)")]
    [InlineData("80", "the number 80")]
    [InlineData("1.5", "the number 1.5")]
    [InlineData("0x1F", "the number 0x1F")]
    [InlineData("1e3", "the number 1e3")]
    [InlineData("010", "the number 010")]
    public void A_plain_boolean_or_number_is_refused_as_a_label_value(string written, string found) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "metadata.labels.a",
        $"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels:
            a: ▸{written}
        """,
        found,
        $"quote it: \"{written}\"");

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("true")]
    [InlineData("80")]
    [InlineData("1.5")]
    [InlineData("")]
    public void Quoted_it_is_a_string(string value)
    {
        foreach (var quoted in new[] { $"'{value}'", $"\"{value}\"" })
        {
            var cluster = Given.Cluster(Given.Pod("web", $"a: {quoted}"), Given.Policy($"podSelector: {{matchLabels: {{a: {quoted}}}}}"));
            Assert.Empty(cluster.Diagnostics);
            Assert.Equal("None", cluster.Ports("192.0.2.1", "web"));
        }
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("nope")]
    [InlineData("v1")]
    [InlineData("1.2.3")]
    [InlineData("10.0.0.0")]
    [InlineData("tRUE")]
    public void Plain_text_that_is_no_boolean_or_number_is_a_string(string value)
    {
        var cluster = Given.Cluster(Given.Pod("web", $"a: {value}"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal($"a={value}", Assert.Single(cluster.Snapshot.Pods).Metadata.Labels.ToString());
    }

    [Theory]
    [InlineData("name: ▸on", "metadata.name", "the boolean true (written on)")]
    [InlineData("name: ▸123", "metadata.name", "the number 123")]
    [InlineData("name: x\n  namespace: ▸no", "metadata.namespace", "the boolean false (written no)")]
    public void A_plain_boolean_or_number_is_refused_as_a_name(string metadata, string path, string found) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        path,
        $"""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          {metadata}
        """,
        found,
        "expected a string");

    [Fact]
    public void In_a_selector_it_is_refused_with_the_path_of_the_label() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "spec.podSelector.matchLabels.allow-access",
        Given.Policy("""
            podSelector:
              matchLabels:
                allow-access: ▸true
            """),
        "quote it: \"true\"");

    [Fact]
    public void In_the_values_of_a_requirement_it_is_refused_with_its_place_in_the_list() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "spec.podSelector.matchExpressions[0].values[1]",
        Given.Policy("podSelector: {matchExpressions: [{key: a, operator: In, values: [one, ▸2]}]}"),
        "quote it: \"2\"");

    [Theory]
    [InlineData("'80'")]
    [InlineData("\"443\"")]
    public void A_quoted_number_is_no_port_number(string port) =>
        Marked.IsRefused("spec.ingress[0].ports[0].port", $"ingress: [{{ports: [{{▸port: {port}}}]}}]", "must have a letter", "without quotes");

    [Fact]
    public void A_quoted_endPort_is_refused() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "spec.ingress[0].ports[0].endPort",
        Given.Policy("ingress: [{ports: [{port: 80, endPort: ▸'90'}]}]"),
        "expected a whole number, without quotes");

    [Theory]
    [InlineData("80.5")]
    [InlineData("99999999999")]
    [InlineData("true")]
    public void A_port_that_is_no_32_bit_integer_is_refused(string port) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "spec.ingress[0].ports[0].port",
        Given.Policy($"ingress: [{{ports: [{{port: ▸{port}}}]}}]"),
        "expected a port number or a port's name");

    [Theory]
    [InlineData("0x50")]
    [InlineData("0120")]
    [InlineData("+80")]
    public void A_port_number_may_be_written_in_any_way_that_YAML_knows(string port) =>
        Assert.Equal("TCP 80", Given.Cluster(Given.Pod("a"), Given.Policy($"ingress: [{{ports: [{{port: {port}}}]}}]")).Ports("192.0.2.1", "a"));
}
