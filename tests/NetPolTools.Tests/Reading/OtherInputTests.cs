using System.Diagnostics;
using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Text;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>What people give that is no manifest, and what lies beside manifests.</summary>
public sealed class OtherInputTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly List<string> _passedOver = [];
    private FileFilter _filter = FileFilter.All;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("values.yaml", "image: {tag: x}\ningress: {enabled: false}")]
    [InlineData("values-prod.yaml", "replicas: 3")]
    [InlineData("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0")]
    [InlineData("compose.yaml", "services: {web: {image: x}}")]
    [InlineData("docker-compose.override.yml", "services: {web: {image: x}}")]
    [InlineData("package.json", "{\"name\": \"shop\", \"version\": \"1.0.0\"}")]
    public void Files_of_other_tools_in_a_folder_are_passed_over(string name, string text)
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        var file = _folder.Write("sub/" + name, text);
        Assert.Equal(("a", ""), Read(_folder.Path));
        Assert.Equal($"{file} is passed over: it is a file of another tool, with no object in it.", Assert.Single(_passedOver));
    }

    [Theory]
    [InlineData("ci.yml", "on: {push: {}}\njobs: {test: {steps: [{run: make}]}}")]
    [InlineData("tsconfig.json", "{\"compilerOptions\": {\"strict\": true}}")]
    [InlineData("my-values.yaml", "web: {kind: Deployment}\ningress: {enabled: true}")]
    [InlineData("playbook.yaml", "- hosts: all\n  tasks: []\n---\na: 1")]
    [InlineData("empty.json", "{}")]
    public void Text_in_a_folder_that_says_in_no_way_that_it_is_a_manifest_is_passed_over(string name, string text)
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        var file = _folder.Write("sub/" + name, text);
        Assert.Equal(("a", ""), Read(_folder.Path, _folder.Path));
        Assert.Equal($"{file} is passed over: nothing in it has an apiVersion and a kind.", Assert.Single(_passedOver));
        Assert.Equal(("a", ""), Read(Path.Combine(_folder.Path, "*")));
        Assert.Contains("Not a Kubernetes object", Read(file).Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: NetworkPolicy\nmetadata: {name: a}")]
    [InlineData("apiVersion: v1\nmetadata: {name: a}")]
    [InlineData("metadata: {name: a}\nspec: {podSelector: {}}")]
    [InlineData("spec: {podSelector: {}}")]
    [InlineData("podSelector: {}")]
    [InlineData("ingress: [{from: [{podSelector: {}}]}]")]
    [InlineData("items: [{a: b}]")]
    [InlineData("error: context \"prod\" does not exist")]
    [InlineData("Unable to connect to the server: no route to host")]
    [InlineData("No resources found")]
    [InlineData("a: 1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}")]
    [InlineData("apiVersion: v1\nkind: List\nitems: [{a: b}]")]
    public void Text_in_a_folder_that_should_have_been_a_manifest_is_an_error(string text)
    {
        _folder.Write("b.yaml", text);
        Assert.NotEmpty(Read(_folder.Path).Told);
        Assert.Empty(_passedOver);
    }

    [Theory]
    [InlineData("", "", "a b c d")]
    [InlineData("*.yaml", "", "a c d")]
    [InlineData("B.YML", "", "b")]
    [InlineData("", "charts", "a b")]
    [InlineData("", "charts/*/templates", "a b c")]
    [InlineData("", "./charts/web/", "a b c")]
    [InlineData("charts", "web", "c")]
    [InlineData("c*/?.yaml", "", "c")]
    [InlineData("", "*.yaml;*.json", "b")]
    [InlineData("a.yaml;b.yml", "b*", "a")]
    public void Patterns_choose_among_the_files_of_a_folder(string include, string exclude, string expected)
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        _folder.Write("b.yml", Given.Pod("b"));
        _folder.Write("charts/c.yaml", Given.Pod("c"));
        _folder.Write("charts/web/templates/d.yaml", Given.Pod("d"));
        _filter = new FileFilter(Patterns(include), Patterns(exclude));
        Assert.Equal((expected, ""), Read(_folder.Path));
        Assert.Equal((expected, ""), Read(Path.Combine(_folder.Path, "*")));
        Assert.Equal(("a", ""), Read(Path.Combine(_folder.Path, "a.yaml")));

        static string[] Patterns(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_folder_of_which_no_file_is_chosen_is_an_error()
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        _filter = new FileFilter([], ["*"]);
        Assert.Contains("None of the manifests here is among those to be included", Read(_folder.Path).Told, StringComparison.Ordinal);
    }

    [Fact]
    public void That_kustomize_would_make_something_else_of_the_files_is_told_once()
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        _folder.Write("base/kustomization.yaml", "resources: [a.yaml]");
        _folder.Write("prod/kustomization.yml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]");
        var (pods, told) = Read(_folder.Path);
        Assert.Equal("a", pods);
        Assert.Contains("base/kustomization.yaml:1:1: warning: What kustomize makes of it is left out: ", told, StringComparison.Ordinal);
        Assert.Equal(1, told.Split("kustomize makes of it").Length - 1);
        Assert.Equal(2, _passedOver.Count);
    }

    [Fact]
    public void A_Kustomization_that_says_its_kind_is_told_by_its_file()
    {
        const string Text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]";
        var first = _folder.Write("base/kustomization.yaml", Text);
        var second = _folder.Write("prod/kustomization.yaml", Text);
        var (_, told) = Read(first, second);
        Assert.EndsWith(" to ask about that.", told, StringComparison.Ordinal);
        Assert.Contains($"{first}:1:1: warning: 2 Kustomization (kustomize.config.k8s.io/v1beta1): {first}, {second}. What kustomize makes", told,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```yaml\napiVersion: v1\nkind: Pod\n```\n", "```")]
    [InlineData("$ kubectl get netpol -o yaml\napiVersion: v1\nkind: Pod\n", "prompt")]
    public void Text_around_what_was_copied_is_named(string text, string expected)
    {
        var error = Assert.Single(Cluster.Of(text).Errors);
        Assert.Equal((DiagnosticId.NotAnObject, 1, 1), (error.Id, error.Location.Line, error.Location.Column));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata:\n\u00A0\u00A0name: a", "There is a no-break space (U+00A0): type a plain space instead.")]
    [InlineData("metadata: {name: a, namespace: lab\u200B}", "There is a zero width space (U+200B): it takes no room, so remove it.")]
    [InlineData("metadata: {name: a, namespace: \u201Clab\u201D}", "There is a typographic quotation mark (U+201C): type \" instead.")]
    [InlineData("metadata: {name: a}\nspec:\n  policyTypes:\n    \u2013 Ingress", "There is an en dash (U+2013): type - instead.")]
    public void Characters_that_look_like_others_are_named(string fields, string expected)
    {
        var errors = Cluster.Of("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + fields + "\n").Errors;
        Assert.Contains(errors, error => error.Message.EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_first_characters_of_that_kind_are_named_and_others_not_at_all()
    {
        Assert.Equal("There is an em dash (U+2014): type - instead.", OddCharacters.Explain("a \u2014 b \u00A0"));
        Assert.Null(OddCharacters.Explain("Größe, 名前, \u2026 \ud83d\ude00"));
    }

    [Fact]
    public void A_file_of_such_a_name_that_holds_an_object_is_a_manifest()
    {
        _folder.Write("values.yaml", Given.Pod("a"));
        Assert.Equal(("a", ""), Read(_folder.Path));
    }

    [Fact]
    public void A_file_of_another_tool_that_is_named_itself_is_an_error()
    {
        var (_, told) = Read(_folder.Write("kustomization.yaml", "resources: [a.yaml]"));
        Assert.Contains("Not a Kubernetes object", told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_twice_is_read_once()
    {
        var file = _folder.Write("a.yaml", Given.Pod("a"));
        Assert.Equal(("a", ""), Read(file, _folder.Path, Path.Combine(_folder.Path, "*.yaml"), Path.Combine(_folder.Path, ".", "a.yaml")));
    }

    [UnixFact]
    public void A_pipe_in_a_folder_is_not_waited_for()
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        using (var making = Process.Start("mkfifo", [_folder.At("b.yaml"), _folder.At("c.json")]))
            making.WaitForExit();
        File.CreateSymbolicLink(_folder.At("d.yaml"), _folder.At("b.yaml"));
        Assert.Equal(("a", ""), Read(_folder.Path));
        Assert.Equal(("a", ""), Read(Path.Combine(_folder.Path, "*")));
        Assert.Equal(6, _passedOver.Count);
    }

    [UnixFact]
    public void A_link_to_a_manifest_is_read()
    {
        using var elsewhere = new ManifestFolder();
        File.CreateSymbolicLink(_folder.At("a.yaml"), elsewhere.Write("x.yaml", Given.Pod("a")));
        Assert.Equal(("a", ""), Read(_folder.Path));
    }

    [Theory]
    [InlineData("Name:         web-1\nNamespace:    default\nPriority:     0\n", "kubectl describe")]
    [InlineData("Name:         default\r\nLabels:       <none>\r\n", "kubectl describe")]
    [InlineData("NAME    READY   STATUS    RESTARTS   AGE\nweb     1/1     Running   0          1d\n", "kubectl get")]
    [InlineData("NAMESPACE   NAME   POD-SELECTOR   AGE\n", "kubectl get")]
    public void What_kubectl_prints_for_people_is_recognised(string text, string command)
    {
        var error = Assert.Single(Cluster.Of(text).Errors);
        Assert.Equal((DiagnosticId.NotAnObject, 1), (error.Id, error.Location.Line));
        Assert.Contains($"'{command}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void UTF_16_without_a_byte_order_mark_is_named(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes(Given.Pod("a"));
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").Read(new MemoryStream(bytes), "input");
        Assert.StartsWith("The text looks like UTF-16 without a byte order mark", Assert.Single(builder.Build().Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generateName: -A")]
    [InlineData("creationTimestamp: yesterday")]
    [InlineData("creationTimestamp: ''")]
    [InlineData("finalizers: [a b]")]
    [InlineData("finalizers: x")]
    [InlineData("generation: one")]
    [InlineData("resourceVersion: 7")]
    [InlineData("managedFields: {}")]
    [InlineData("ownerReferences: [{apiVersion: v1, kind: Pod, name: a}]")]
    [InlineData("ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: u, other: 1}]")]
    [InlineData("ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: u, controller: true}, {apiVersion: v1, kind: Pod, name: b, uid: v, "
        + "controller: true}]")]
    public void Metadata_of_a_policy_that_the_server_refuses_is_an_error(string field)
    {
        var cluster = Cluster.Of($"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  {field}\nspec: {{}}");
        Assert.Empty(cluster.Snapshot.NetworkPolicies);
        Assert.Equal(5, Assert.Single(cluster.Errors).Location.Line);
    }

    [Fact]
    public void Metadata_as_servers_write_it_is_taken()
    {
        var cluster = Cluster.Of("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: a
              generateName: a-
              uid: 0f6a
              resourceVersion: "12"
              generation: 3
              creationTimestamp: 2026-01-31T12:00:00Z
              deletionTimestamp: "2026-01-31T12:00:00.123456789+01:00"
              finalizers: [example.com/keep, keep]
              ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: u, controller: true, blockOwnerDeletion: false}]
              managedFields: [{manager: x, fieldsV1: {"f:spec": {}}}]
              selfLink: ""
            spec: {}
            """);
        Assert.Empty(cluster.Diagnostics);
        Assert.Single(cluster.Snapshot.NetworkPolicies);
    }

    /// <summary>The names of the pods that were found, and everything that was said.</summary>
    private (string Pods, string Told) Read(params string[] paths)
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = new ManifestReader(builder, AllDialects.Kinds,
            new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)) { Files = _filter, OnPassedOver = _passedOver.Add });
        foreach (var path in paths)
            reader.ReadPath(path);
        var snapshot = builder.Build();
        return (string.Join(' ', snapshot.Pods.Select(static pod => pod.Name)), string.Join('\n', snapshot.Diagnostics));
    }
}
