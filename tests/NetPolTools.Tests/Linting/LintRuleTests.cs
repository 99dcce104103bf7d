using System.Text.RegularExpressions;
using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Tests.Corpus;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>Every rule speaks on its own example of trouble and is silent once that is mended.</summary>
public sealed partial class LintRuleTests
{
    public static TheoryData<string> Ids => [.. LintCatalogue.All.Select(static rule => rule.Id)];

    /// <summary>Cases from outside, as far as their rule is there.</summary>
    public static TheoryData<string> Cases =>
        [.. CorpusFolder.Files("lint").Where(static file => LintCatalogue.Find(file.Split('.')[0]) is not null)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Trouble_makes_the_rule_speak(string id)
    {
        var rule = LintCatalogue.Find(id)!;
        var finding = Found(rule.Trouble, rule)[0];
        Assert.True(finding.Location.Line > 0, "The finding has no place.");
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_cure_silences_it(string id)
    {
        var rule = LintCatalogue.Find(id)!;
        Assert.Empty(Found(rule.Cure, rule));
    }

    [CorpusTheory]
    [MemberData(nameof(Cases))]
    public void A_case_from_outside_is_told_from_its_counterpart(string file)
    {
        var rule = LintCatalogue.Find(file.Split('.')[0])!;
        var found = Found(File.ReadAllText(CorpusFolder.PathOf("lint", file)), rule, LintCompleteness.None);
        Assert.Equal(file.Contains(".bad.", StringComparison.Ordinal), found.Count > 0);
    }

    [Fact]
    public void Ids_are_in_order_and_names_are_words_with_dashes()
    {
        Assert.Equal(LintCatalogue.All.Select(static rule => rule.Id).Order(StringComparer.Ordinal), LintCatalogue.All.Select(static rule => rule.Id));
        Assert.Equal(LintCatalogue.All.Length, LintCatalogue.All.DistinctBy(static rule => rule.Name).Count());
        Assert.All(LintCatalogue.All, static rule =>
        {
            Assert.Matches(Id(), rule.Id);
            Assert.Matches(Name(), rule.Name);
            Assert.EndsWith(".", rule.Description, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
        });
    }

    private static IReadOnlyList<LintFinding> Found(string manifests, LintRule rule, LintCompleteness? complete = LintCompleteness.All)
    {
        var question = new LintQuestion { Options = new LintOptions { IncludeRules = [rule.Id], Complete = complete } };
        return question.Ask(new ClusterEvaluator(Cluster.Of(manifests).Snapshot), QuestionWords.Plain).Value!.Findings;
    }

    [GeneratedRegex("^NP[0-9]{3}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Name();
}
