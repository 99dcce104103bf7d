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

    /// <summary>Words that are misspelt for others, and words that are not.</summary>
    private static Gen<KeyValuePair<string, string>> Word =>
        from key in Gen.Elements("app", "apps", "role", "roel", "Role", "team", "k8s-app")
        from value in Gen.Elements("web", "wbe", "webs", "Web", "api", "db", "dbs", "backend", "bakend", "bäckend", "frontend", "team-1", "team-2", "")
        select KeyValuePair.Create(key, value);

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

    /// <summary>A few are compared one by one, and more by a table.</summary>
    [Fact]
    public void Labels_that_are_the_same_are_kept_once() => Always.Holds(
        Gen.ArrayOf(RandomClusterGenerator.Labels(["app", "tier", "role"], ["a", "b", ""]), 40), 200, static pods =>
        {
            var known = new LabelVocabulary();
            foreach (var labels in pods)
                known.Add(labels);
            Assert.Equal(pods.Distinct(), known.All);
        });

    /// <summary>Among many pods every word is held against every other; among few, those that cannot be meant are passed over.</summary>
    [Fact]
    public void What_a_selector_may_mean_is_found_among_few_pods_as_among_many()
    {
        var found = 0;
        Always.Holds(
            Gen.Zip(RandomClusterGenerator.Several(0, 4, RandomClusterGenerator.Several(0, 3, Word)), RandomClusterGenerator.Several(1, 2, Word)),
            500,
            example =>
            {
                var (pods, asked) = example;
                var (few, many) = (new LabelVocabulary(), new LabelVocabulary());
                foreach (var labels in pods)
                {
                    few.Add(LabelSet.Create(labels.DistinctBy(static label => label.Key)));
                    many.Add(LabelSet.Create(labels.DistinctBy(static label => label.Key)));
                }

                for (var other = 0; other < 100; other++)
                    many.Add(LabelSet.Create([KeyValuePair.Create("unlike-any-other", $"{other}")]));
                var selector = new LabelSelector
                {
                    MatchLabels = [.. asked.Skip(1).DistinctBy(static label => label.Key)],
                    MatchExpressions = [new LabelSelectorRequirement(asked[0].Key, LabelSelectorRequirement.In, [asked[0].Value])],
                };
                Assert.Equal(many.Nearest(selector), few.Nearest(selector));
                found += few.Nearest(selector) is null ? 0 : 1;
            });
        Assert.True(found > 0, "No example had a word that another is misspelt for.");
    }
}
