using System.Management.Automation;
using System.Xml.Linq;
using NetPolTools.HelpWriter;
using NetPolTools.HelpWriter.Prose;
using NetPolTools.HelpWriter.Writing;

namespace NetPolTools.Module.Tests;

public sealed class HelpWriterTests : IDisposable
{
    private const string Page = """
        # Get-Sample

        ## SYNOPSIS

        Gives a `sample`.

        ## DESCRIPTION

        First paragraph,
        on two lines.

        - one
        - two

        ## EXAMPLES

        ### Example 1: Two lines

        ```powershell
        $it = 1
        Get-Sample $it
        ```

        ```output
        Name  Value
          a       1
        ```

        What it shows.

        ## PARAMETERS

        ### -Name

        What it is called.

        ## OUTPUTS

        ### System.String

        A text.

        ## NOTES

        None to speak of.

        ## RELATED LINKS

        - [Get-Other](Get-Other.md)
        - [Elsewhere](https://example.org/page)
        """;

    private const string Shared = """
        # Parameters

        ## -Count

        How many.
        """;

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly string _folder = Directory.CreateTempSubdirectory("help").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_with_all_its_headings_has_no_problems() => Assert.Empty(ProblemsWith(Page));

    [Fact]
    public void A_parameter_without_text_is_named_with_the_file_and_the_heading_to_add()
    {
        var problem = Assert.Single(ProblemsWith(Page.Replace("### -Name", "", StringComparison.Ordinal)));
        Assert.Equal(Path.Combine(_folder, "Get-Sample.md"), problem.File);
        Assert.Equal("add the heading '### -Name' under '## PARAMETERS', and say below it what this parameter of Get-Sample is.", problem.Message);
    }

    [Fact]
    public void A_heading_without_text_counts_as_none() =>
        Assert.Contains("'### -Name'", Assert.Single(ProblemsWith(Page.Replace("What it is called.", "", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_parameter_that_the_cmdlet_does_not_have_is_a_problem_at_its_line()
    {
        var problem = Assert.Single(ProblemsWith(Page.Replace("## OUTPUTS", "### -Gone\n\nText.\n\n## OUTPUTS", StringComparison.Ordinal)));
        Assert.Equal((37, "Get-Sample has no parameter '-Gone'."), (problem.Line, problem.Message));
    }

    [Theory]
    [InlineData("## NOTES", "## NOTICE", "add the heading '## NOTES'.",
        "'## NOTICE' is no heading of a cmdlet's help; those are SYNOPSIS, DESCRIPTION, EXAMPLES, PARAMETERS, OUTPUTS, NOTES, RELATED LINKS.")]
    [InlineData("Gives a `sample`.", "", "say something under '## SYNOPSIS'.")]
    [InlineData("### System.String", "### System.Int32",
        "add the heading '### System.String' under '## OUTPUTS', and say below it what this type of [OutputType] of Get-Sample is.",
        "Get-Sample has no type of [OutputType] 'System.Int32'.")]
    [InlineData("```powershell", "```sh", "the example has no block of code that begins with ```powershell.")]
    [InlineData("# Get-Sample", "# Get-Simple", "the file begins with '# Get-Sample'.")]
    public void Other_mistakes_are_told(string right, string wrong, params string[] messages) =>
        Assert.Equal(messages, ProblemsWith(Page.Replace(right, wrong, StringComparison.Ordinal)).Select(static problem => problem.Message));

    [Fact]
    public void A_missing_file_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, SharedParameters.FileName), Shared);
        var problem = Assert.Single(Folder().FindProblems(), static problem => problem.File.EndsWith("Get-Sample.md", StringComparison.Ordinal));
        Assert.EndsWith("Get-Sample.md(1): error HELP: this file of the help is missing; CONTRIBUTING.md says what it holds.", problem.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_comes_from_the_page_or_from_what_cmdlets_share()
    {
        var help = Write(Page);
        Assert.Equal(["Gives a sample."], Paragraphs(help.Element(Command + "details")!.Element(Maml + "description")!));
        Assert.Equal(["First paragraph, on two lines.", "- one", "- two"], Paragraphs(help.Element(Maml + "description")!));
        Assert.Equal(["What it is called."], Paragraphs(ParameterOf(help, "Name").Element(Maml + "description")!));
        Assert.Equal(["How many."], Paragraphs(ParameterOf(help, "Count").Element(Maml + "description")!));
    }

    [Fact]
    public void Facts_come_from_the_cmdlet()
    {
        var help = Write(Page);
        Assert.Equal(
            "required=true variableLength=true globbing=true pipelineInput=True (ByValue) position=0 aliases=Title, T",
            string.Join(' ', ParameterOf(help, "Name").Attributes().Select(static attribute => $"{attribute.Name}={attribute.Value}")));
        Assert.Equal("3", ParameterOf(help, "Count").Element(Dev + "defaultValue")!.Value);
        Assert.Equal("worked out", ParameterOf(help, "Day").Element(Dev + "defaultValue")!.Value);
        Assert.Equal("None", ParameterOf(help, "Name").Element(Dev + "defaultValue")!.Value);
        Assert.Equal("System.DayOfWeek", ParameterOf(help, "Day").Element(Dev + "type")!.Element(Maml + "name")!.Value);
        var syntax = help.Element(Command + "syntax")!.Elements(Command + "syntaxItem").ToArray();
        Assert.Equal(["Name Day Count WhatIf Confirm", "Day All Count WhatIf Confirm"], syntax.Select(
            static item => string.Join(' ', item.Elements(Command + "parameter").Select(static parameter => parameter.Element(Maml + "name")!.Value))));
        Assert.Equal(Enum.GetNames<DayOfWeek>(), syntax[0].Elements(Command + "parameter").ElementAt(1).Element(Command + "parameterValueGroup")!.Elements()
            .Select(static value => value.Value));
    }

    [Fact]
    public void The_output_of_an_example_follows_its_code()
    {
        var example = Write(Page).Descendants(Command + "example").Single();
        Assert.Equal("$it = 1\nGet-Sample $it", example.Element(Dev + "code")!.Value);
        Assert.Equal(["Name  Value\n  a       1", "What it shows."], Paragraphs(example.Element(Dev + "remarks")!));
    }

    [Fact]
    public void Help_online_opens_the_page_of_the_cmdlet_or_nothing()
    {
        Assert.Equal(["Get-Other ", "Elsewhere: https://example.org/page "], LinksOf(Write(Page)));
        Assert.Equal(
            ["Online Version: https://example.org/help/Get-Sample.md", "Get-Other ", "Elsewhere: https://example.org/page "],
            LinksOf(Write(Page, "https://example.org/help")));
    }

    [Theory]
    [InlineData("            ProjectUri = 'https://example.org/owner/project/'", "https://example.org/owner/project/blob/HEAD/en-US")]
    [InlineData("            ProjectUri = \"https://example.org/owner/project\"", "https://example.org/owner/project/blob/HEAD/en-US")]
    [InlineData("            # ProjectUri and LicenseUri are the owner's to add", null)]
    public void The_pages_are_where_the_manifest_says(string manifest, string? folder) => Assert.Equal(folder, OnlinePages.In(manifest));

    private static IEnumerable<string> LinksOf(XElement help) => help.Descendants(Maml + "navigationLink")
        .Select(static link => $"{link.Element(Maml + "linkText")!.Value} {link.Element(Maml + "uri")!.Value}");

    private static IEnumerable<string> Paragraphs(XElement parent) => parent.Elements(Maml + "para").Select(static para => para.Value);

    private static XElement ParameterOf(XElement help, string name) => help.Element(Command + "parameters")!.Elements(Command + "parameter")
        .Single(parameter => parameter.Element(Maml + "name")!.Value == name);

    private Problem[] ProblemsWith(string page)
    {
        Save(page);
        return [.. Folder().FindProblems()];
    }

    private XElement Write(string page, string? onlineFolder = null)
    {
        Save(page);
        return MamlWriter.Write(Folder().Pages, onlineFolder).Root!.Elements(Command + "command").Single();
    }

    private void Save(string page)
    {
        const string Rest = """

            ## -Day

            A day.

            ## -All

            Everything.

            ## -WhatIf

            What would be.

            ## -Confirm

            Asks.
            """;
        File.WriteAllText(Path.Combine(_folder, "Get-Sample.md"), page);
        File.WriteAllText(Path.Combine(_folder, SharedParameters.FileName), Shared + Rest);
    }

    private HelpFolder Folder() => new(_folder, [HelpWriter.Facts.Cmdlet.In(typeof(HelpWriterTests).Assembly).Single()]);

    /// <summary>A class above, as many cmdlets have one.</summary>
    public abstract class CountingCommand
    {
        [Parameter]
        public int Count { get; set; } = 3;
    }

    [Cmdlet(VerbsCommon.Get, "Sample", DefaultParameterSetName = "One", SupportsShouldProcess = true)]
    [OutputType(typeof(string))]
    public sealed class GetSampleCommand : CountingCommand
    {
        [Parameter(ParameterSetName = "One", Mandatory = true, Position = 0, ValueFromPipeline = true)]
        [Alias("Title", "T")]
        [SupportsWildcards]
        public string[] Name { get; set; } = [];

        [Parameter]
        [PSDefaultValue(Help = "worked out")]
        public DayOfWeek Day { get; set; }

        [Parameter(ParameterSetName = "All")]
        public SwitchParameter All { get; set; }
    }
}
