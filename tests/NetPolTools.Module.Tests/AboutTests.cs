using NetPolTools.Diagnostics;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

public sealed class AboutTests
{
    [Fact]
    public void The_about_topic_tells_every_id_of_an_error_or_warning() =>
        Assert.All(Enum.GetNames<DiagnosticId>(), static id => Assert.Matches($@"\b{id}\b", Repository.About));

    [Theory]
    [ClassData(typeof(CmdletNames))]
    public void The_about_topic_leads_to_every_cmdlet(string name) => Assert.Contains(name, Repository.About, StringComparison.Ordinal);

    [Fact]
    public void The_about_topic_names_no_parameter_that_does_not_exist()
    {
        var known = Cmdlets.All.SelectMany(static cmdlet => cmdlet.Parameters).Select(static parameter => parameter.Name)
            .Concat(["ErrorAction", "AsHashtable", "Examples", "Depth"])
            .ToHashSet(StringComparer.Ordinal);
        var named = System.Text.RegularExpressions.Regex.Matches(Repository.About, @"(?<![\w-])-(?<name>[A-Z]\w+)").Select(static match => match.Groups["name"].Value);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void The_about_topic_fits_a_terminal() => Assert.All(Repository.About.Split('\n'), static line => Assert.True(line.Length <= 80, line));
}
