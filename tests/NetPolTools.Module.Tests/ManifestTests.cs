using System.Reflection;
using System.Text.RegularExpressions;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>The module manifest, as text: reading it otherwise would take a PowerShell.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void The_manifest_exports_every_cmdlet_and_no_other() =>
        Assert.Equal(Cmdlets.All.Select(static cmdlet => cmdlet.Name), List("CmdletsToExport").Order(StringComparer.Ordinal));

    [Fact]
    public void The_manifest_exports_every_alias_of_a_cmdlet_and_no_other() => Assert.Equal(
        Cmdlets.All.SelectMany(static cmdlet => cmdlet.Type.GetCustomAttributesData())
            .Where(static attribute => attribute.AttributeType.Name == "AliasAttribute")
            .SelectMany(static attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(static alias => (string)alias.Value!),
        List("AliasesToExport"));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("VariablesToExport")]
    public void The_manifest_exports_nothing_else(string key) => Assert.Empty(List(key));

    [Fact]
    public void The_manifest_leaves_its_version_to_the_build() => Assert.Equal(("0.0.0", ""), (Value("ModuleVersion"), Value("Prerelease")));

    [Fact]
    public void The_manifest_names_files_of_the_module()
    {
        Assert.Equal($"{typeof(Commands.NetPolCommand).Assembly.GetName().Name}.dll", Value("RootModule"));
        Assert.Equal(["NetPolTools.Format.ps1xml"], List("FormatsToProcess"));
    }

    [Fact]
    public void The_manifest_has_no_wildcards() => Assert.DoesNotContain("*", Repository.Manifest, StringComparison.Ordinal);

    private static string Value(string key)
    {
        var match = Regex.Match(Repository.Manifest, $@"^\s*{key}\s*=\s*'(?<value>[^']*)'\s*$", RegexOptions.Multiline);
        Assert.True(match.Success, $"{key} = '…' is missing.");
        return match.Groups["value"].Value;
    }

    private static IEnumerable<string> List(string key)
    {
        var match = Regex.Match(Repository.Manifest, $@"^\s*{key}\s*=\s*@\((?<items>[^)]*)\)", RegexOptions.Multiline);
        Assert.True(match.Success, $"{key} = @(…) is missing.");
        return Regex.Matches(match.Groups["items"].Value, "'(?<item>[^']*)'").Select(static item => item.Groups["item"].Value);
    }
}
