using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Sets;

public sealed class LabelIndexProperties
{
    private static readonly string[] Keys = ["app", "tier"];

    private static readonly Gen<LabelSet[]> Things = RandomClusterGenerator.Several(0, 150, RandomPodGenerator.Labels);

    [Fact]
    public void A_selector_picks_the_things_whose_labels_match_it() => Always.Holds(
        from things in Things
        from selector in RandomPolicyGenerator.Selector(Keys)
        from start in Gen.Choose(0, things.Length)
        from end in Gen.Choose(start, things.Length)
        select (things, selector, start, end),
        2000,
        static given =>
        {
            var index = new LabelIndex(given.things.Length, i => given.things[i]);
            var matching = Enumerable.Range(0, given.things.Length).Where(i => given.selector.Matches(given.things[i])).ToList();
            Assert.Equal(matching, Members(index.Select(given.selector)));
            Assert.Equal(matching.Where(i => i >= given.start && i < given.end), Members(index.Select(given.selector, given.start, given.end)));
        });

    private static List<int> Members(IndexSet set)
    {
        var members = new List<int>();
        foreach (var member in set)
            members.Add(member);
        return members;
    }
}
