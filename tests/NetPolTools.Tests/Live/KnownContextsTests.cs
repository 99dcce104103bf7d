using NetPolTools.Live;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Live;

/// <summary>A context that the kubeconfig does not have is answered with those that it has.</summary>
public sealed class KnownContextsTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prdo", "prod staging", " Did you mean prod?")]
    [InlineData("Prod", "prod staging", " Did you mean prod?")]
    [InlineData("lab", "prod staging", " The kubeconfig has prod, staging.")]
    [InlineData("lab", "a1 a2 a3 a4 a5 a6 a7", " The kubeconfig has a1, a2, a3, a4, a5 and 2 more.")]
    [InlineData("prod", "prod staging", "")]
    [InlineData(".", "prod staging", "")]
    [InlineData("prod", "", "")]
    public void It_is_advised(string written, string contexts, string expected)
    {
        var listed = string.Join(
            ", ", contexts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => $"{{name: {name}, context: {{cluster: c}}}}"));
        var file = _folder.Write("config", $"apiVersion: v1\nkind: Config\ncontexts: [{listed}]\n");
        Assert.Equal(expected, Read(written, file).Advice());
    }

    [Theory]
    [InlineData("prod", "shop")]
    [InlineData("lab", null)]
    [InlineData("other", null)]
    [InlineData(".", "shop")]
    public void The_namespace_of_a_context_is_known(string context, string? expected)
    {
        var file = _folder.Write("config", """
            apiVersion: v1
            kind: Config
            current-context: prod
            contexts:
            - {name: lab, context: {cluster: c, namespace: ""}}
            - {name: prod, context: {cluster: c, namespace: shop}}
            """);
        Assert.Equal(expected, Read(context, file).Namespace);
    }

    [Fact]
    public void Nothing_is_said_where_there_is_no_kubeconfig() =>
        Assert.Equal("", Read("prod", _folder.At("none")).Advice());

    private static KnownContexts Read(string context, string file) =>
        KnownContexts.Read(new ClusterConnection(context, file), static (text, name) => new YamlTokenReader(text, name));
}
