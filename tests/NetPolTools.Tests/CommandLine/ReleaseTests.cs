using System.Text.RegularExpressions;
using NetPolTools.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace NetPolTools.Tests.CommandLine;

/// <summary>The workflow that builds the plugin for a release and the manifest for krew name the same platforms and files.</summary>
public sealed partial class ReleaseTests
{
    /// <summary>.NET's names of the platforms, by those of krew.</summary>
    private static readonly Dictionary<string, string> Platforms = new()
    {
        ["darwin/amd64"] = "osx-x64",
        ["darwin/arm64"] = "osx-arm64",
        ["linux/amd64"] = "linux-x64",
        ["linux/arm64"] = "linux-arm64",
        ["windows/amd64"] = "win-x64",
        ["windows/arm64"] = "win-arm64",
    };

    private static YamlMappingNode Workflow => Load("workflows", "plugin.yml");

    private static YamlMappingNode Krew => Load("krew", "netpol.yaml");

    private static IEnumerable<YamlNode> KrewPlatforms => List(Krew["spec"]["platforms"]);

    [Fact]
    public void The_workflow_builds_natively_for_every_platform()
    {
        var build = Workflow["jobs"]["build"];
        Assert.Equal(Platforms.Values.Order(), List(build["strategy"]["matrix"]["include"]).Select(static entry => (string)entry["rid"]!).Order());
        var publish = List(build["steps"]).Single(static step => Has(step, "name", "Publish"));
        Assert.Equal("dotnet publish src/kubectl-netpol -c Release -r ${{ matrix.rid }} -p:PublishAot=true -o out", (string)publish["run"]!);
    }

    [Fact]
    public void The_manifest_is_one_that_krew_reads_and_has_every_platform()
    {
        Assert.Equal(("krew.googlecontainertools.github.com/v1alpha2", "Plugin", "netpol"),
            ((string)Krew["apiVersion"]!, (string)Krew["kind"]!, (string)Krew["metadata"]["name"]!));

        // krew shows it in a column of a table, and asks for 50 characters at most.
        Assert.InRange(((string)Krew["spec"]["shortDescription"]!).Length, 1, 50);
        Assert.Equal(Platforms.Keys.Order(), KrewPlatforms.Select(PlatformOf).Order());
    }

    [Fact]
    public void Each_archive_of_the_manifest_is_one_that_the_workflow_makes_with_its_file_in_it()
    {
        Assert.All(KrewPlatforms, static platform =>
        {
            var rid = Platforms[PlatformOf(platform)];
            var program = rid.StartsWith("win", StringComparison.Ordinal) ? "kubectl-netpol.exe" : "kubectl-netpol";
            Assert.Equal($"@BASE_URI@/kubectl-netpol-{rid}.tar.gz", (string)platform["uri"]!);
            Assert.Equal($"@SHA256:{rid}@", (string)platform["sha256"]!);
            Assert.Equal(program, (string)platform["bin"]!);
            Assert.Equal([program, "THIRD-PARTY-NOTICES.txt"], List(platform["files"]).Select(static file => (string)file["from"]!));
        });
    }

    [Fact]
    public void The_workflow_fills_in_every_gap_of_the_manifest()
    {
        var fill = (string)List(Workflow["jobs"]["krew"]["steps"]).Single(static step => Has(step, "name", "Fill in the manifest"))["run"]!;
        var gaps = Gap().Matches(File.ReadAllText(PathOf("krew", "netpol.yaml"))).Select(static gap => gap.Groups[1].Value).Distinct().ToArray();
        Assert.Equal(3, gaps.Length);
        Assert.All(gaps, gap => Assert.Contains($"@{gap}", fill, StringComparison.Ordinal));
    }

    private static string PlatformOf(YamlNode platform) => $"{platform["selector"]["matchLabels"]["os"]}/{platform["selector"]["matchLabels"]["arch"]}";

    private static IEnumerable<YamlNode> List(YamlNode node) => Assert.IsType<YamlSequenceNode>(node).Children;

    private static string PathOf(string folder, string file) => Path.Combine(Repository.Root, ".github", folder, file);

    private static bool Has(YamlNode node, string key, string value) =>
        ((YamlMappingNode)node).Children.TryGetValue(key, out var found) && (string)found! == value;

    private static YamlMappingNode Load(string folder, string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(PathOf(folder, file));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    [GeneratedRegex("@([A-Z0-9_]+)(:[a-z0-9-]+)?@")]
    private static partial Regex Gap();
}
