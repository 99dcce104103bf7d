using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>Inputs that go wrong: each a clear diagnostic at its place, never an exception, and what stands beside it counts.</summary>
public class BadInputTests
{
    [Fact]
    public void A_tab_in_the_indentation_is_named() => Marked.Gives(
        DiagnosticSeverity.Error, DiagnosticId.SyntaxError, null, "apiVersion: v1\nkind: Pod\nmetadata:\n▸\tname: web", "tab", "spaces");

    [Fact]
    public void A_Helm_template_is_named() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.SyntaxError,
        null,
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ▸{{ .Release.Name }}-web",
        "helm template");

    [Fact]
    public void A_syntax_error_ends_its_document_and_the_next_one_counts()
    {
        var cluster = Given.Cluster(Given.Pod("a"), "kind: [Pod", Given.Pod("b"));
        Assert.Equal(DiagnosticId.SyntaxError, Assert.Single(cluster.Errors).Id);
        Assert.Equal(["a", "b"], cluster.Snapshot.Pods.Select(static pod => pod.Name));
    }

    [Fact]
    public void A_syntax_error_stands_alone_and_does_not_take_the_objects_before_it_along()
    {
        var cluster = Given.Cluster("apiVersion: v1\nkind: Pod\nmetadata: {name: 1}", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 1\n  labels: [");
        Assert.Equal([DiagnosticId.WrongType, DiagnosticId.SyntaxError], cluster.Errors.Select(static error => error.Id));
    }

    [Fact]
    public void Objects_before_an_error_in_JSON_count_and_those_behind_it_cannot_be_told_apart()
    {
        var cluster = Cluster.Of("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"},}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}
            """);
        var error = Assert.Single(cluster.Errors);
        Assert.Equal((DiagnosticId.SyntaxError, "input:2:57"), (error.Id, error.Location.ToString()));
        Assert.Equal("a", Assert.Single(cluster.Snapshot.Pods).Name);
    }

    [Fact]
    public void Items_of_a_list_that_is_cut_off_count_as_far_as_they_are_whole()
    {
        var cluster = Cluster.Of("""{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}},{"apiVersion":"v1","ki""");
        Assert.Contains("cut off", Assert.Single(cluster.Errors).Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(cluster.Snapshot.Pods).Name);
    }

    [Theory]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",▸\"name\":\"b\"}}")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  ▸name: b")]
    public void A_duplicate_key_is_an_error_in_YAML_and_JSON(string manifest) => Marked.Gives(
        DiagnosticSeverity.Error, DiagnosticId.DuplicateKey, "metadata.name", manifest, "'name' stands twice");

    [Fact]
    public void A_duplicate_label_is_found_among_many()
    {
        var labels = string.Concat(Enumerable.Range(0, 60).Select(static i => $"    l{i}: x\n"));
        Marked.Gives(
            DiagnosticSeverity.Error,
            DiagnosticId.DuplicateKey,
            "metadata.labels.l7",
            $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n{labels}    ▸l7: z\n");
    }

    [Theory]
    [InlineData("▸just text", "Found the string \"just text\"")]
    [InlineData("▸42", "Found the number 42")]
    [InlineData("▸true", "Found the boolean true")]
    [InlineData("- ▸a\n", "Found the string \"a\"")]
    [InlineData("▸\"quoted\"", "Found the string \"quoted\"")]
    public void A_document_that_is_no_map_is_told_what_an_object_is(string manifest, string words) =>
        Marked.Gives(DiagnosticSeverity.Error, DiagnosticId.WrongType, manifest.StartsWith('-') ? "[0]"
            : null, manifest, words, "a map with apiVersion, kind and metadata");

    [Theory]
    [InlineData("apiVersion: ▸1\nkind: Pod\nmetadata: {name: a}", "apiVersion")]
    [InlineData("apiVersion: v1\nkind: ▸[Pod]\nmetadata: {name: a}", "kind")]
    public void An_apiVersion_or_kind_that_is_no_string_is_an_error(string manifest, string path)
    {
        var marked = new Marked(manifest);
        var error = Cluster.Of(marked.Text).Errors.First();
        Assert.Equal((DiagnosticId.WrongType, path, marked.Line, marked.Column), (error.Id, error.FieldPath, error.Location.Line, error.Location.Column));
    }

    [Theory]
    [InlineData("metadata: ▸web", "metadata")]
    [InlineData("metadata: {name: web, labels: ▸[app, web]}", "metadata.labels")]
    [InlineData("metadata: {name: web, labels: {app: ▸{a: b}}}", "metadata.labels.app")]
    [InlineData("metadata: {name: web}\nspec: ▸[]", "spec")]
    [InlineData("metadata: {name: web}\nspec: {containers: ▸{name: c}}", "spec.containers")]
    [InlineData("metadata: {name: web}\nspec: {containers: [{ports: [{name: http, containerPort: ▸'80'}]}]}", "spec.containers[0].ports[0].containerPort")]
    [InlineData("metadata: {name: web}\nspec: {hostNetwork: ▸'true'}", "spec.hostNetwork")]
    [InlineData("metadata: {name: web}\nstatus: ▸Running", "status")]
    [InlineData("metadata: {name: web}\nstatus: {podIPs: [▸10.0.0.1]}", "status.podIPs[0]")]
    public void A_value_of_the_wrong_kind_in_a_pod_is_an_error_at_its_place(string fields, string path) =>
        Marked.Gives(DiagnosticSeverity.Error, DiagnosticId.WrongType, path, $"apiVersion: v1\nkind: Pod\n{fields}", "expected");

    [Fact]
    public void An_address_that_is_none_is_an_error_at_its_place() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "status.podIP",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nstatus: {podIP: ▸10.0.0.256}",
        "'10.0.0.256' is not an IP address");

    [Fact]
    public void Aliases_that_grow_without_measure_are_stopped()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        var error = Assert.Single(Cluster.Of(text + "apiVersion: v1\nkind: NetworkPolicy\n").Errors);
        Assert.Equal(DiagnosticId.SyntaxError, error.Id);
        Assert.Contains("aliases", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "]")]
    public void Two_hundred_levels_of_nesting_are_too_many_in_YAML_and_JSON(string open, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 200)) + "1" + string.Concat(Enumerable.Repeat(close, 200));
        foreach (var manifest in new[] { nested, "spec: " + nested, "apiVersion: v1\nkind: Pod\nspec: " + nested })
        {
            var error = Assert.Single(Cluster.Of(manifest).Errors);
            Assert.Equal(DiagnosticId.SyntaxError, error.Id);
            Assert.Contains("deeper than 128 levels", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lists_in_lists_in_lists_come_to_an_end_too()
    {
        var lists = string.Concat(Enumerable.Repeat("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[", 100));
        Assert.Contains("deeper than 128 levels", Assert.Single(Cluster.Of(lists).Errors).Message, StringComparison.Ordinal);
    }
}
