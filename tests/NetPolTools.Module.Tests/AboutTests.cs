using System.Text.RegularExpressions;
using Markdig.Syntax;
using NetPolTools.Diagnostics;
using NetPolTools.HelpWriter;
using NetPolTools.HelpWriter.Prose;
using NetPolTools.HelpWriter.Writing;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>The topics of the help: en-US/about_*.md.</summary>
public sealed class AboutTests
{
    private const string Errors = "about_NetPolTools_Errors";

    private static HelpFolder Help { get; } = new(Repository.HelpFolder, Cmdlets.All);

    public static TheoryData<string> Topics => [.. Help.Topics.Select(static topic => topic.Name)];

    [Fact]
    public void Every_id_of_an_error_or_warning_is_explained() => Assert.All(Enum.GetNames<DiagnosticId>(), static id => Assert.True(
        ErrorSections().Any(section => section.Title == id && section.Blocks.Count > 0),
        $"en-US/{Errors}.md: add the heading '#### {id}', and say below it what the error or warning means and what to do."));

    [Fact]
    public void No_other_id_is_explained() => Assert.Empty(ErrorSections().Select(static section => section.Title).Except(Enum.GetNames<DiagnosticId>()));

    [Fact]
    public void Errors_have_no_other_ids()
    {
        // Every error record is made there, and takes its id from the enum.
        var maker = Path.Combine("Commands", "ErrorRecords.cs");
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "NetPolTools"), "*.cs", SearchOption.AllDirectories).ToArray();
        Assert.DoesNotContain(sources.Where(file => !file.EndsWith(maker, StringComparison.Ordinal)), static file =>
            File.ReadAllText(file).Contains("new ErrorRecord(", StringComparison.Ordinal));
        Assert.DoesNotContain(
            File.ReadLines(sources.Single(file => file.EndsWith(maker, StringComparison.Ordinal))),
            static line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, "\"[A-Z][A-Za-z]+\""));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_first_topic_leads_to_every_cmdlet(string name) =>
        Assert.Contains(name, Repository.ReadText("en-US/about_NetPolTools.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_first_topic_leads_to_every_other(string name) =>
        Assert.Contains(name, Repository.ReadText("en-US/about_NetPolTools.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Topics))]
    public void No_parameter_is_named_that_does_not_exist(string name)
    {
        var known = Cmdlets.All.SelectMany(static cmdlet => cmdlet.Parameters).Select(static parameter => parameter.Name)
            .Concat(["ErrorAction", "ErrorVariable", "AsHashtable", "Examples", "Depth", "DateKind", "Verbose", "BeFalse", "BeNullOrEmpty"])
            .ToHashSet(StringComparer.Ordinal);
        var text = AboutWriter.Write(TopicNamed(name));

        // Scripts name parameters of other commands as well.
        foreach (var script in AllSections(TopicNamed(name).Text).SelectMany(static section => section.Blocks).OfType<FencedCodeBlock>()
            .Select(PlainText.CodeOf))
        {
            text = script.Split('\n').Aggregate(text, static (rest, line) => line.Length > 0 ? rest.Replace(line, "", StringComparison.Ordinal) : rest);
            foreach (var command in Regex.Matches(script, $@"\b({string.Join('|', Cmdlets.All)})\b[^|\n}})]*").Select(static match => match.Value))
                Assert.All(NamedIn(command), parameter => Assert.Contains(parameter, known));
        }

        Assert.All(NamedIn(text), parameter => Assert.Contains(parameter, known));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_a_terminal(string name)
    {
        var lines = AboutWriter.Write(TopicNamed(name)).Split('\n');
        Assert.Equal(["TOPIC", $"    {name}", "", "SHORT DESCRIPTION"], lines.Take(4));

        // Scripts are there to be copied and keep their lines.
        Assert.All(lines.Where(static line => !line.StartsWith("        ", StringComparison.Ordinal)), static line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Links_lead_somewhere(string name) => Assert.All(
        AllSections(TopicNamed(name).Text).SelectMany(RelatedLink.In).Where(static link => !link.IsToWeb),
        static link => Assert.True(File.Exists(Path.Combine(Repository.HelpFolder, link.Target)), link.Target));

    private static IEnumerable<string> NamedIn(string text) =>
        Regex.Matches(text, @"(?<![\w-])-(?<name>[A-Z]\w+)").Select(static match => match.Groups["name"].Value);

    private static AboutTopic TopicNamed(string name) => Help.Topics.Single(topic => topic.Name == name);

    /// <summary>The headings that are ids: two levels below those of the topic.</summary>
    private static IEnumerable<Section> ErrorSections() => AllSections(TopicNamed(Errors).Text).Where(static section => section.Level == 4);

    private static IEnumerable<Section> AllSections(Section section) => section.Sections.SelectMany(AllSections).Prepend(section);
}
