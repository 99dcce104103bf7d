using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>The help file against the cmdlets, both ways: it fails as soon as one of them changes alone.</summary>
public sealed class HelpTests
{
    private const int FewestExamples = 3;

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    [Fact]
    public void The_help_tells_of_every_cmdlet_and_of_no_other() =>
        Assert.Equal(Cmdlet.All.Select(static cmdlet => cmdlet.Name), Repository.Help.Descendants(Command + "command").Select(NameOf).Order(StringComparer.Ordinal));

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_details_name_verb_and_noun_and_give_a_synopsis(string name)
    {
        var details = HelpOf(name).Element(Command + "details")!;
        Assert.Equal(Cmdlet.Named(name).Verb, details.Element(Command + "verb")!.Value);
        Assert.Equal(Cmdlet.Named(name).Noun, details.Element(Command + "noun")!.Value);
        AssertSentences(details.Element(Maml + "description"), $"the synopsis of {name}");
        AssertSentences(HelpOf(name).Element(Maml + "description"), $"the description of {name}");
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_parameters_are_those_of_the_cmdlet(string name)
    {
        var told = ParametersOf(name).Select(Text).ToArray();
        Assert.Distinct(told);
        Assert.Equal(Cmdlet.Named(name).Parameters.Select(static parameter => parameter.Name).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Each_parameter_is_as_told(string name) => Assert.All(ParametersOf(name), told =>
    {
        var parameter = Cmdlet.Named(name).Parameters.Single(candidate => candidate.Name == Text(told));
        AssertSentences(told.Element(Maml + "description"), $"{name} {parameter}");
        AssertUse(told, parameter, parameter.Sets.Values.First());
        Assert.Equal(parameter.Type.Name, told.Element(Command + "parameterValue")!.Value);
        Assert.Equal(parameter.Type.FullName, told.Element(Dev + "type")!.Element(Maml + "name")!.Value);
        Assert.False(string.IsNullOrWhiteSpace(told.Element(Dev + "defaultValue")?.Value), $"{name} {parameter} has no default value; write None where there is none.");
    });

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_syntax_has_one_line_for_each_parameter_set(string name)
    {
        var cmdlet = Cmdlet.Named(name);
        var expected = cmdlet.ParameterSets.Select(set => NamesIn(cmdlet.ParametersOf(set).Select(static parameter => parameter.Name)));
        var told = SyntaxOf(name).Select(item => NamesIn(item.Elements(Command + "parameter").Select(Text)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Each_parameter_in_the_syntax_is_as_told(string name)
    {
        var cmdlet = Cmdlet.Named(name);
        foreach (var item in SyntaxOf(name))
        {
            Assert.Equal(name, Text(item));
            var names = NamesIn(item.Elements(Command + "parameter").Select(Text));
            var set = cmdlet.ParameterSets.Single(candidate => NamesIn(cmdlet.ParametersOf(candidate).Select(static parameter => parameter.Name)) == names);
            Assert.All(item.Elements(Command + "parameter"), told =>
            {
                var parameter = cmdlet.ParametersOf(set).Single(candidate => candidate.Name == Text(told));
                AssertUse(told, parameter, parameter.In(set)!);
                Assert.Equal(parameter.IsSwitch ? null : parameter.Type.Name, told.Element(Command + "parameterValue")?.Value);
                var choices = told.Element(Command + "parameterValueGroup")?.Elements(Command + "parameterValue").Select(static value => value.Value) ?? [];
                Assert.Equal(parameter.Enumeration is { } choice ? Enum.GetNames(choice) : [], choices);
            });
        }
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_outputs_are_those_of_the_cmdlet(string name) => Assert.Equal(
        Cmdlet.Named(name).OutputTypes.Order(StringComparer.Ordinal),
        HelpOf(name).Descendants(Command + "returnValue").Select(static output => output.Element(Dev + "type")!.Element(Maml + "name")!.Value).Order(StringComparer.Ordinal));

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_inputs_are_those_of_the_pipeline(string name) => Assert.Equal(
        Cmdlet.Named(name).Parameters.Where(static parameter => parameter.Sets.Values.Any(static use => use.ByValue))
            .Select(static parameter => parameter.Type.FullName!).Distinct().Order(StringComparer.Ordinal),
        HelpOf(name).Descendants(Command + "inputType").Select(static input => input.Element(Dev + "type")!.Element(Maml + "name")!.Value).Order(StringComparer.Ordinal));

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void There_are_examples_with_numbered_titles_and_remarks(string name)
    {
        var examples = HelpOf(name).Descendants(Command + "example").ToArray();
        Assert.True(examples.Length >= FewestExamples, $"{name} has {examples.Length} examples.");
        for (var i = 0; i < examples.Length; i++)
        {
            Assert.Matches($@"\bExample {i + 1}: \w", examples[i].Element(Maml + "title")!.Value);
            Assert.Contains(name, examples[i].Element(Dev + "code")!.Value, StringComparison.Ordinal);
            AssertSentences(examples[i].Element(Dev + "remarks"), $"the remarks of example {i + 1} of {name}");
        }
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Examples_name_parameters_in_full(string name)
    {
        // Verbose is a parameter of every cmdlet, WhatIf of those that write files.
        var known = Cmdlet.All.SelectMany(static cmdlet => cmdlet.Parameters).Select(static parameter => parameter.Name).Append("Verbose").Append("WhatIf").ToHashSet(StringComparer.Ordinal);
        foreach (var code in HelpOf(name).Descendants(Dev + "code").Select(static code => code.Value))
        {
            foreach (var command in Regex.Matches(code, $@"\b({string.Join('|', Cmdlet.All)})\b[^|\n}})]*").Select(static match => match.Value))
                Assert.All(Regex.Matches(command, @"\s-(?<name>[A-Za-z]+)").Select(static match => match.Groups["name"].Value), parameter => Assert.Contains(parameter, known));
        }
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Notes_and_related_links_are_there_and_lead_somewhere(string name)
    {
        AssertSentences(HelpOf(name).Element(Maml + "alertSet")?.Element(Maml + "alert"), $"the notes of {name}");
        var links = HelpOf(name).Descendants(Maml + "navigationLink").ToArray();
        Assert.Contains("about_NetPolTools", links.Select(static link => link.Element(Maml + "linkText")!.Value));
        Assert.All(links, static link =>
        {
            var text = link.Element(Maml + "linkText")!.Value;
            var leads = text == "about_NetPolTools" || Cmdlet.All.Any(cmdlet => cmdlet.Name == text)
                || link.Element(Maml + "uri")!.Value.StartsWith("https://", StringComparison.Ordinal);
            Assert.True(leads, text);
        });
    }

    private static void AssertUse(XElement told, CmdletParameter parameter, ParameterUse use)
    {
        var pipeline = (use.ByValue, use.ByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
        Assert.Equal(
            $"{parameter.Name}: required={use.IsMandatory} position={use.Position?.ToString() ?? "named"} pipelineInput={pipeline} globbing={parameter.TakesWildcards} variableLength={parameter.Type.IsArray} aliases={(parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none")}",
            $"{Text(told)}: required={Flag(told, "required")} position={Attribute(told, "position")} pipelineInput={Attribute(told, "pipelineInput")} globbing={Flag(told, "globbing")} variableLength={Flag(told, "variableLength")} aliases={Attribute(told, "aliases")}");
    }

    private static void AssertSentences(XElement? told, string where)
    {
        var paragraphs = told?.Elements(Maml + "para").Select(static para => para.Value).ToArray() ?? [];
        Assert.True(paragraphs.Length > 0 && paragraphs.All(static text => text.Trim().Length > 0), $"Nothing is written for {where}.");
    }

    private static string NamesIn(IEnumerable<string> parameters) => string.Join(' ', parameters.Order(StringComparer.Ordinal));

    private static XElement HelpOf(string name) => Repository.Help.Descendants(Command + "command").Single(command => NameOf(command) == name);

    private static IEnumerable<XElement> ParametersOf(string name) => HelpOf(name).Element(Command + "parameters")!.Elements(Command + "parameter");

    private static IEnumerable<XElement> SyntaxOf(string name) => HelpOf(name).Element(Command + "syntax")!.Elements(Command + "syntaxItem");

    private static string NameOf(XElement command) => command.Element(Command + "details")!.Element(Command + "name")!.Value.Trim();

    private static string Text(XElement named) => named.Element(Maml + "name")!.Value;

    private static string Attribute(XElement told, string name) => told.Attribute(name)?.Value ?? "(missing)";

    private static string Flag(XElement told, string name) => Attribute(told, name) switch
    {
        "true" => bool.TrueString,
        "false" => bool.FalseString,
        var other => other,
    };
}
