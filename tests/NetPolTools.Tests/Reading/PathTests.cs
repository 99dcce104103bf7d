using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>Files, folders, wildcards and standard input as paths.</summary>
public sealed class PathTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_whatever_its_extension() =>
        Assert.Equal("a b c d", Pods(
            _folder.Write("a.yaml", Given.Pod("a")),
            _folder.Write("b.txt", Given.Pod("b")),
            _folder.Write("c", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}"""),
            _folder.Write("d.JSON", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"d"}}""")));

    [Fact]
    public void A_folder_stands_for_the_manifests_in_it_and_below_in_the_order_of_their_names()
    {
        _folder.Write("b.yml", Given.Pod("b"));
        _folder.Write("a.yaml", Given.Pod("a"));
        _folder.Write("sub/deep/d.YAML", Given.Pod("d"));
        _folder.Write("c.json", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}""");
        _folder.Write("readme.md", "not a manifest");
        Assert.Equal("a b c d", Pods(_folder.Path));
    }

    [Fact]
    public void Hidden_folders_are_passed_over()
    {
        _folder.Write(".git/x.yaml", Given.Pod("hidden"));
        _folder.Write("sub/.cache/y.yaml", Given.Pod("hidden"));
        _folder.Write("sub/a.yaml", Given.Pod("a"));
        Assert.Equal("a", Pods(_folder.Path));
    }

    [Fact]
    public void A_link_that_leads_back_up_is_not_followed()
    {
        _folder.Write("sub/a.yaml", Given.Pod("a"));
        Directory.CreateSymbolicLink(_folder.At("sub/up"), _folder.Path);
        Assert.Equal("a", Pods(_folder.Path));
    }

    [Theory]
    [InlineData("*.yaml", "a b")]
    [InlineData("?.yaml", "a b")]
    [InlineData("sub*/*.yaml", "d")]
    [InlineData("*/d.yaml", "d")]
    [InlineData("s*", "d e")]
    public void A_wildcard_stands_for_what_matches_it(string pattern, string expected)
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        _folder.Write("b.yaml", Given.Pod("b"));
        _folder.Write("c.yml", Given.Pod("c"));
        _folder.Write("sub dir/d.yaml", Given.Pod("d"));
        _folder.Write("sub dir/deeper/e.yaml", Given.Pod("e"));
        Assert.Equal(expected, Pods(_folder.At(pattern)));
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_wildcard_is_that_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Write("a.yaml", Given.Pod("other"));
        Assert.Equal("star", Pods(_folder.Write("*.yaml", Given.Pod("star"))));
    }

    [Fact]
    public void Diagnostics_name_the_file_as_the_user_did()
    {
        var file = _folder.Write("my policies.yaml", "kind: Pod");
        var error = Assert.Single(Cluster.OfPaths(file).Errors);
        Assert.Equal($"{file}:1:1", error.Location.ToString());
    }

    [Theory]
    [InlineData("nowhere", "There is no such file or folder.")]
    [InlineData("no/where.yaml", "There is no such file or folder.")]
    [InlineData("*.nothing", "Nothing matches this wildcard.")]
    [InlineData("no*/where.yaml", "Nothing matches this wildcard.")]
    public void A_path_that_leads_nowhere_is_an_error(string path, string message)
    {
        var error = Assert.Single(Cluster.OfPaths(_folder.At(path)).Errors);
        Assert.Equal((DiagnosticId.PathNotFound, message, _folder.At(path)), (error.Id, error.Message, error.Location.ToString()));
    }

    [Fact]
    public void An_empty_path_is_an_error() => Assert.Equal(DiagnosticId.PathNotFound, Assert.Single(Cluster.OfPaths("").Errors).Id);

    [Fact]
    public void A_folder_without_manifests_is_an_error_that_says_what_was_looked_for()
    {
        _folder.Write("readme.md", "");
        var error = Assert.Single(Cluster.OfPaths(_folder.Path).Errors);
        Assert.Equal(DiagnosticId.NoManifests, error.Id);
        Assert.Contains(".json, .yaml, .yml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_does_not_keep_the_others_from_being_read()
    {
        _folder.Write("a.yaml", Given.Pod("a"));
        _folder.Write("b.yaml", [0, 1, 2, 3]);
        _folder.Write("c.yaml", "{[");
        _folder.Write("d.yaml", Given.Pod("d"));
        var cluster = Cluster.OfPaths(_folder.Path);
        Assert.Equal(["a", "d"], cluster.Snapshot.Pods.Select(static pod => pod.Name));
        Assert.Equal([DiagnosticId.NotText, DiagnosticId.SyntaxError], cluster.Errors.Select(static error => error.Id));
    }

    [Fact]
    public void A_dash_is_standard_input()
    {
        var builder = new ClusterSnapshotBuilder();
        var input = new TrickleStream("kind: Pod"u8.ToArray());
        var options = new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)) { OpenStandardInput = () => input };
        new ManifestReader(builder, AllDialects.Kinds, options).ReadPath("-");
        Assert.Equal("<stdin>:1:1", Assert.Single(builder.Build().Diagnostics).Location.ToString());
        Assert.True(input.IsDisposed);
    }

    [Fact]
    public void A_dash_without_standard_input_is_an_error() =>
        Assert.Equal(DiagnosticId.PathNotFound, Assert.Single(Cluster.OfPaths("-").Errors).Id);

    private static string Pods(params string[] paths)
    {
        var cluster = Cluster.OfPaths(paths);
        Assert.Empty(cluster.Diagnostics);
        return string.Join(' ', cluster.Snapshot.Pods.Select(static pod => pod.Name));
    }
}
