using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>What is known of a selector at a glance is what a look at each label and each pod says.</summary>
public sealed class SelectorShortcutProperties
{
    private static readonly string[] Keys = ["app", "tier"];
    private static readonly string[] Values = ["a", "b", "", "c"];

    private static Gen<LabelSelector> Selector =>
        from labels in RandomClusterGenerator.Several(0, 2, Label)
        from expressions in RandomClusterGenerator.Several(0, 2, Requirement)
        select new LabelSelector { MatchLabels = [.. labels.DistinctBy(static label => label.Key)], MatchExpressions = expressions };

    private static Gen<KeyValuePair<string, string>> Label =>
        from key in Gen.Elements(Keys)
        from value in Gen.Elements(Values)
        select KeyValuePair.Create(key, value);

    private static Gen<LabelSelectorRequirement> Requirement =>
        from key in Gen.Elements(Keys)
        from wanted in Gen.Elements("In", "NotIn", "Exists", "DoesNotExist")
        from chosen in RandomClusterGenerator.Several(0, 2, Gen.Elements(Values))
        select new LabelSelectorRequirement(key, wanted, wanted is "In" or "NotIn" ? chosen : []);

    /// <summary>Each has a label of its own: those that are the same are kept once.</summary>
    private static Gen<LabelSet[]> Pods =>
        from count in Gen.Choose(0, 100)
        from labels in Gen.ArrayOf(RandomClusterGenerator.Labels(["app", "tier"], ["a", "b", ""]), count)
        select labels.Select(static (of, number) => LabelSet.Create([.. of, KeyValuePair.Create("number", $"{number}")])).ToArray();

    [Fact]
    public void A_selector_contradicts_itself_where_some_label_cannot_be_as_it_asks() => Always.Holds(Selector, 500, static selector => Assert.Equal(
        selector.Keys.Distinct().Any(key => KeyDemand.Of(selector, key).IsImpossible), SelectorAlgebra.Contradiction(selector) is not null));

    [Fact]
    public void A_selector_finds_a_pod_among_many_where_one_matches() => Always.Holds(Gen.Zip(Pods, Selector), 500, static example =>
    {
        var (pods, selector) = example;
        var known = new LabelVocabulary();
        foreach (var labels in pods)
            known.Add(labels);
        Assert.Equal(pods.Any(selector.Matches), known.HasAny(selector));
    });
}
