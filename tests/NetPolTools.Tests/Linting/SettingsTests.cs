using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Linting.Settings;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Linting;

/// <summary>The file .netpol.yaml is read strictly: what is misspelt would otherwise be a check that somebody believes is made.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_keys_are_read()
    {
        var settings = Read("""
            complete: [namespaces, services]
            rules:
              open-*: off
              NP026: on
              np035: note
              NP017: warning
            severity: warning
            failOn: never
            include: [a*]
            exclude: [b, c]
            baseline: known/baseline.json
            """)!;
        Assert.Equal(LintCompleteness.Namespaces | LintCompleteness.Services, settings.Complete);
        Assert.Equal((LintSeverity.Warning, LintFailOn.Never), (settings.Severity, settings.FailOn));
        Assert.Equal(["a*"], settings.Include);
        Assert.Equal(["b", "c"], settings.Exclude);
        Assert.Equal(Path.Combine(_folder, "known", "baseline.json"), settings.Baseline);
        var options = settings.ApplyTo(new LintOptions());
        var asked = options.Choose(LintCatalogue.All).Select(static rule => rule.Id).ToArray();
        Assert.Contains("NP026", asked);
        Assert.DoesNotContain("NP027", asked);
        var finding = new LintFinding(LintCatalogue.Find("NP017")!, LintSeverity.Error, null, "Text.");
        Assert.Equal(LintSeverity.Warning, options.Graded(finding).Severity);
        Assert.Equal(LintSeverity.Error, options.Graded(finding with { Rule = LintCatalogue.Find("NP026")! }).Severity);
        Assert.True(options.Takes(LintSeverity.Error) && !options.Takes(LintSeverity.Note));
    }

    [Fact]
    public void What_is_asked_for_goes_before_them()
    {
        var settings = Read("complete: all\nrules: {NP026: off}\nseverity: error\n")!;
        var options = settings.ApplyTo(new LintOptions
        {
            IncludeRules = ["NP026"],
            Complete = LintCompleteness.None,
            Severities = [LintSeverity.Note],
        });
        Assert.Equal("NP026", options.Choose(LintCatalogue.All).Single().Id);
        Assert.Equal(LintCompleteness.None, options.Complete);
        Assert.True(options.Takes(LintSeverity.Note));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("{}\n")]
    [InlineData("---\n")]
    public void A_file_may_set_nothing(string text) => Assert.Empty(Read(text)!.Rules);

    [Theory]
    [InlineData("rules:\n  NP026: offf\n", 2, 10, "Did you mean off?")]
    [InlineData("rules:\n  open-ingres: off\n", 2, 3, "Did you mean open-ingress?")]
    [InlineData("rule:\n  NP026: off\n", 1, 1, "Did you mean rules?")]
    [InlineData("complete: [workload]\n", 1, 12, "Did you mean workloads?")]
    [InlineData("complete:\n", 1, 1, "expected none, workloads")]
    [InlineData("severity: 3\n", 1, 11, "expected note, warning or error")]
    [InlineData("failOn: {}\n", 1, 9, "expected note, warning, error or never")]
    [InlineData("exclude: charts\n", 1, 10, "expected a list of patterns")]
    [InlineData("baseline: [x]\n", 1, 11, "expected a string")]
    [InlineData("- rules\n", 1, 1, "expected a map with complete")]
    [InlineData("severity: note\nseverity: error\n", 2, 1, "stands twice")]
    [InlineData("rules: {NP026: off\n", 1, 1, "")]
    public void What_is_wrong_is_told_with_its_place(string text, int line, int column, string expected)
    {
        var told = new List<Diagnostic>();
        Assert.Null(LintSettingsFile.Read(Write(text), static (reader, name) => new YamlTokenReader(reader, name), told.Add));
        Assert.Contains(expected, told[0].Message, StringComparison.Ordinal);
        Assert.Equal(line, told[0].Location.Line);
        if (expected.Length > 0 && !text.EndsWith("complete:\n", StringComparison.Ordinal))
            Assert.Equal(column, told[0].Location.Column);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var told = new List<Diagnostic>();
        LintSettingsFile.Read(Write("a: 1\nb: 2\nrules: {NP999: off}\n"), static (reader, name) => new YamlTokenReader(reader, name), told.Add);
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public void They_are_looked_for_upwards()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        var file = Write("{}");
        Assert.Equal(file, LintSettingsFile.Find(deep));
        File.WriteAllText(Path.Combine(_folder, "a", LintSettingsFile.Name), "{}");
        Assert.Equal(Path.Combine(_folder, "a", LintSettingsFile.Name), LintSettingsFile.Find(deep));
    }

    private LintSettings? Read(string text) => LintSettingsFile.Read(
        Write(text), static (reader, name) => new YamlTokenReader(reader, name), static told => Assert.Fail(told.ToString()));

    private string Write(string text)
    {
        var file = Path.Combine(_folder, LintSettingsFile.Name);
        File.WriteAllText(file, text);
        return file;
    }
}
