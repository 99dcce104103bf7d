using NetPolTools.Module.Tests.Support;
using VerbsCommon = System.Management.Automation.VerbsCommon;

namespace NetPolTools.Module.Tests;

/// <summary>What people who know PowerShell may expect of any cmdlet.</summary>
public sealed class CmdletTests
{
    [Fact]
    public void There_are_cmdlets_and_no_two_share_a_name()
    {
        Assert.NotEmpty(Cmdlets.All);
        Assert.Equal(Cmdlets.All.Count, Cmdlets.All.Select(static cmdlet => cmdlet.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void A_cmdlet_is_a_sealed_class_named_after_its_verb_and_noun(string name)
    {
        var cmdlet = Cmdlets.Named(name);
        Assert.True(cmdlet.Type is { IsSealed: true, IsPublic: true });
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void A_verb_is_approved(string name)
    {
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(static type => type.IsPublic && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(static type => type.GetFields())
            .Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!);
        Assert.Contains(Cmdlets.Named(name).Verb, approved);
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void A_noun_is_singular_and_says_that_it_is_about_policies(string name)
    {
        var noun = Cmdlets.Named(name).Noun;
        Assert.Matches("^(NetPol[A-Z]|[A-Z][A-Za-z]*Policy$)", noun);
        Assert.DoesNotMatch("[^sui]s$", noun);
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void A_cmdlet_says_what_it_gives(string name) => Assert.NotEmpty(Cmdlets.Named(name).OutputTypes);

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_default_parameter_set_exists(string name)
    {
        var cmdlet = Cmdlets.Named(name);
        if (cmdlet.ParameterSets.Count > 1)
            Assert.NotNull(cmdlet.DefaultParameterSet);
        if (cmdlet.DefaultParameterSet is not null)
            Assert.Contains(cmdlet.DefaultParameterSet, cmdlet.ParameterSets);
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void At_most_one_parameter_of_a_set_takes_the_pipelines_objects(string name)
    {
        var cmdlet = Cmdlets.Named(name);
        Assert.All(cmdlet.ParameterSets, set => Assert.True(cmdlet.ParametersOf(set).Count(parameter => parameter.In(set)!.ByValue) <= 1, set));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void No_two_parameters_of_a_set_share_a_position(string name)
    {
        var cmdlet = Cmdlets.Named(name);
        Assert.All(cmdlet.ParameterSets, set =>
        {
            var positions = cmdlet.ParametersOf(set).Select(parameter => parameter.In(set)!.Position).Where(static position => position is not null);
            Assert.Distinct(positions);
        });
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Path_comes_first_and_takes_wildcards(string name)
    {
        if (Cmdlets.Named(name).Parameters.SingleOrDefault(static parameter => parameter.Name == "Path") is not { } path)
            return;

        // New-DefaultDenyPolicy shop: there the namespaces come first, and the cluster may be left out.
        var isFirst = !Cmdlets.Named(name).Parameters.Any(
            static parameter => parameter.Name == "Namespace" && parameter.Sets.Values.Any(static use => use.Position == 0));
        Assert.All(path.Sets.Values, use => Assert.Equal(isFirst ? 0 : null, use.Position));

        // A file to be written is named, not found.
        Assert.Equal(Cmdlets.Named(name).Verb != "Export", path.TakesWildcards);
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void LiteralPath_stands_beside_Path_and_answers_to_PSPath(string name)
    {
        var parameters = Cmdlets.Named(name).Parameters;
        var literalPath = parameters.SingleOrDefault(static parameter => parameter.Name == "LiteralPath");
        var path = parameters.SingleOrDefault(static parameter => parameter.TakesWildcards && parameter.Aliases.Prepend(parameter.Name).Contains("Path"));
        Assert.Equal(path is not null, literalPath is not null);
        if (literalPath is null)
            return;
        Assert.Equal(["LP", "PSPath"], literalPath.Aliases.Order(StringComparer.Ordinal));
        Assert.False(literalPath.TakesWildcards);
        Assert.Equal(["LiteralPath"], literalPath.Sets.Keys);
        Assert.Contains("Path", path!.Sets.Keys);

        // Where objects of another meaning come through the pipeline, a path among their properties says nothing.
        Assert.All(literalPath.Sets, use => Assert.Equal(
            !Cmdlets.Named(name).ParametersOf(use.Key).Any(parameter => parameter.In(use.Key)!.ByValue), use.Value.ByPropertyName));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Who_takes_paths_lets_choose_among_the_files_of_folders(string name)
    {
        var parameters = Cmdlets.Named(name).Parameters;

        // A snapshot is one file, and folders are refused.
        if (!parameters.Any(static parameter => parameter.Name == "LiteralPath") || name == "Import-NetPolSnapshot")
            return;
        foreach (var filter in parameters.Where(static parameter => parameter.Name is "Include" or "Exclude").ToArray() is { Length: 2 } both ? both : [])
        {
            Assert.True(filter.TakesWildcards);
            Assert.Equal(["LiteralPath", "Path"], filter.Sets.Keys.Where(static set => set != "Context").Order(StringComparer.Ordinal));
        }

        Assert.Equal(2, parameters.Count(static parameter => parameter.Name is "Include" or "Exclude"));
    }

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void A_yes_or_no_is_a_switch_and_never_mandatory(string name) => Assert.All(Cmdlets.Named(name).Parameters, static parameter =>
    {
        Assert.NotEqual(typeof(bool), parameter.Type);
        Assert.NotEqual(typeof(bool?), parameter.Type);
        Assert.False(parameter.IsSwitch && parameter.Sets.Values.Any(static use => use.IsMandatory), parameter.Name);
    });

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void Parameters_have_singular_names_that_no_common_parameter_has(string name)
    {
        string[] common =
        [
            "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
            "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob",
            "pv",
        ];
        var parameters = Cmdlets.Named(name).Parameters;
        Assert.All(parameters, static parameter => Assert.True(
            parameter.IsSwitch || parameter.Name is "As" or "Settings"
                || !System.Text.RegularExpressions.Regex.IsMatch(parameter.Name, "[^sui]s$"), parameter.Name));
        var names = parameters.SelectMany(static parameter => parameter.Aliases.Prepend(parameter.Name)).ToArray();
        Assert.Distinct(names, StringComparer.OrdinalIgnoreCase);
        Assert.Empty(names.Intersect(common, StringComparer.OrdinalIgnoreCase));
    }
}
