using System.Text.RegularExpressions;
using NetPolTools.HelpWriter;
using NetPolTools.HelpWriter.Prose;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>
/// What is written in en-US against the cmdlets, both ways. The facts that Get-Help shows come from the cmdlets themselves, and tests/Pester/Help.Tests.ps1
/// holds them against a real PowerShell.
/// </summary>
public sealed class HelpTests
{
    private const int FewestExamples = 3;

    private static HelpFolder Help { get; } = new(Repository.HelpFolder, Cmdlets.All);

    [Fact]
    public void Everything_is_described_and_nothing_else() => Assert.Empty(Help.FindProblems());

    [Fact]
    public void Every_page_is_about_a_cmdlet() => Assert.Equal(
        Cmdlets.All.Select(static cmdlet => cmdlet.Name),
        Directory.EnumerateFiles(Repository.HelpFolder, "*.md").Select(static file => Path.GetFileNameWithoutExtension(file))
            .Where(static name => !name.StartsWith("about_", StringComparison.Ordinal) && name != Path.GetFileNameWithoutExtension(SharedParameters.FileName))
            .Order(StringComparer.Ordinal));

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void There_are_examples_with_numbered_titles_and_remarks(string name)
    {
        var examples = PageOf(name).AllExamples.ToArray();
        Assert.True(examples.Length >= FewestExamples, $"{name} has {examples.Length} examples.");
        for (var i = 0; i < examples.Length; i++)
        {
            Assert.Matches($@"^Example {i + 1}: \w", examples[i].Title);
            Assert.Contains(name, examples[i].Code, StringComparison.Ordinal);
            Assert.True(examples[i].Remarks.Count > 0, $"{name}, {examples[i].Title}: say what the example is about.");
        }
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Examples_name_parameters_in_full(string name)
    {
        // Every cmdlet has the common parameters.
        var known = Cmdlets.All.SelectMany(static cmdlet => cmdlet.Parameters).Select(static parameter => parameter.Name).Concat(["Verbose", "ErrorAction"])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var code in PageOf(name).AllExamples.Select(static example => example.Code))
        {
            foreach (var command in Regex.Matches(code, $@"\b({string.Join('|', Cmdlets.All)})\b[^|\n}})]*").Select(static match => match.Value))
                Assert.All(Regex.Matches(command, @"\s-(?<name>[A-Za-z]+)").Select(static match => match.Groups["name"].Value), parameter =>
                    Assert.Contains(parameter, known));
        }
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Related_links_lead_somewhere(string name)
    {
        var links = PageOf(name).Links.ToArray();
        Assert.Contains(links, static link => link.Text == "about_NetPolTools");
        Assert.All(links, static link => Assert.True(
            link.IsToWeb || Cmdlets.All.Any(cmdlet => link == new RelatedLink(cmdlet.Name, $"{cmdlet.Name}.md"))
                || File.Exists(Path.Combine(Repository.HelpFolder, link.Target)),
            $"{link.Text}: {link.Target}"));
    }

    [Fact]
    public void The_text_of_a_parameter_stands_in_its_page_alone() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "NetPolTools", "Commands"), "*.cs"),
        static file => Assert.False(
            Regex.IsMatch(File.ReadAllText(file), @"^\s*///[^\n]*\n\s*\[Parameter\b", RegexOptions.Multiline),
            $"{Path.GetFileName(file)}: a parameter has a doc comment. What it says belongs in en-US/<Cmdlet>.md under '## PARAMETERS', or in "
                + $"en-US/{SharedParameters.FileName}."));

    private static CmdletPage PageOf(string name) => Help.Pages.Single(page => page.Cmdlet.Name == name);
}
