using NetPolTools.Objects;
using NetPolTools.Writing;

namespace NetPolTools.Tests.Writing;

public sealed class ManifestFileNameTests
{
    [Theory]
    [InlineData("NetworkPolicy", "shop", "web", "shop.web.yaml")]
    [InlineData("NetworkPolicy", "shop", "web.v1", "shop.web.v1.yaml")]
    [InlineData("Deployment", "shop", "web", "deployment.shop.web.yaml")]
    [InlineData("Namespace", null, "shop", "namespace.shop.yaml")]
    [InlineData("NetworkPolicy", "con", "web", "_con.web.yaml")]
    [InlineData("NetworkPolicy", "com1", "web", "_com1.web.yaml")]
    [InlineData("NetworkPolicy", "console", "web", "console.web.yaml")]
    public void A_name_is_one_that_every_file_system_takes(string kind, string? ns, string name, string file) =>
        Assert.Equal(file, ManifestFileName.Of(new ObjectReference(kind, ns, name)));

    [Theory]
    [InlineData("system:node", "clusterrole.system_node_")]
    [InlineData("A", "clusterrole.__")]
    [InlineData("../../etc/passwd", "clusterrole..._.._etc_passwd_")]
    public void Names_that_had_to_be_changed_stay_apart(string name, string beginning)
    {
        var file = ManifestFileName.Of(new ObjectReference("ClusterRole", null, name));
        Assert.Matches($"^{beginning.Replace(".", "\\.", StringComparison.Ordinal)}[0-9a-f]{{8}}\\.yaml$", file);
        Assert.NotEqual(file, ManifestFileName.Of(new ObjectReference("ClusterRole", null, name + ":")));
    }

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var (one, other) = (NameOf(new string('a', 250) + "b"), NameOf(new string('a', 250) + "c"));
        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 100, 255);
    }

    private static string NameOf(string name) => ManifestFileName.Of(new ObjectReference("NetworkPolicy", "shop", name));
}
