using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Asking;
using NetPolTools.Causes;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Causes;

/// <summary>A state with some changes undone answers as what can matter of it does, and so the causes found are those of the whole.</summary>
public sealed class RelevantObjectsProperties
{
    private const int MostAsked = 60;
    private const int MostTried = 4;

    public static MatrixTheoryData<string, int> Dialects => new(["NetworkPolicy", "tiers", "Calico", "Cilium"], [SnapshotChanges.FewestForWhole, 0]);

    [Theory]
    [MemberData(nameof(Dialects))]
    public void What_can_matter_to_the_ends_has_the_causes_of_the_whole(string dialect, int fewestForWhole)
    {
        var found = 0;
        Always.Holds(Pairs(dialect), 3, pair =>
        {
            var (before, after) = (new ClusterEvaluator(pair.Before.Snapshot), new ClusterEvaluator(pair.After.Snapshot));
            var asked = Tests(pair).Take(MostAsked).Select(test => TrialsOf(test, before, after, fewestForWhole));
            foreach (var trials in asked.OfType<CauseTrials>().Take(MostTried))
            {
                var changes = trials.FewChanges();
                foreach (var undone in Enumerable.Range(2, 2).SelectMany(step => Some(changes.All.Count, step)))
                    Assert.Equal(trials.IsAsBefore(changes.WholeWithout(undone)), trials.IsAsBefore(changes.Without(undone)));
                var (few, all) = (trials.FindAmongFew(), trials.FindAmongAll());
                Assert.NotNull(few);
                if (all.Causes[0].Count == 1)
                    Assert.Equal(Texts(all), Texts(few));
                found++;
            }
        }, $"{nameof(What_can_matter_to_the_ends_has_the_causes_of_the_whole)} {dialect} {fewestForWhole}");
        Assert.True(found > 0);
    }

    [Fact]
    public void What_cannot_matter_is_not_looked_at()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web"), Given.Pod("shop/db", "app: db"), Given.Pod("other/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}", "shop/db"),
            Given.Policy("podSelector: {matchLabels: {app: cache}}", "shop/cache"),
            Given.Policy("podSelector: {matchLabels: {app: db}}", "other/db"));
        var map = cluster.Map;
        int[] ends = [.. Enumerable.Range(0, map.Endpoints.PodCount).Where(pod => map.Endpoints[pod].Namespace == "shop")];
        var relevant = new RelevantObjects([new AskedState(map, ends, [])], static _ => false);
        Assert.Equal(
            ["NetworkPolicy shop/db", "Pod shop/db", "Pod shop/web"],
            map.Snapshot.Objects().Where(found => found is not Namespace && relevant.Contains(found.Reference, [found]))
                .Select(static found => found.Reference.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>Of all pods, one that has the address may make it another than one outside; the others do not.</summary>
    [Theory]
    [InlineData("203.0.113.0/24", "Pod other/cache", "Pod shop/db")]
    [InlineData("198.51.100.7", "Pod shop/db")]
    [InlineData("outside", "Pod other/cache", "Pod other/far", "Pod shop/db")]
    public void Pods_with_other_addresses_than_those_asked_about_are_not_looked_at(string from, params string[] expected)
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/db", "app: db", status: "podIP: 10.0.0.1"),
            Given.Pod("other/cache", status: "podIP: 203.0.113.7"),
            Given.Pod("other/far", status: "podIP: 10.0.0.3"),
            """
            apiVersion: projectcalico.org/v3
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec: {selector: app == 'db', ingress: [{action: Allow, source: {nets: [203.0.113.0/24, 10.0.0.3/32]}}]}
            """);
        var evaluator = new ClusterEvaluator(cluster.Snapshot);
        var test = new TestQuestion([EndpointPattern.Parse(from)], [EndpointPattern.Parse("shop/db")]);
        var answer = test.Ask(evaluator, QuestionWords.Plain).Value!;
        var kept = new CauseTrials(test, (evaluator, test.Assumptions, answer), (evaluator, test.Assumptions, answer), default).FewChanges().Without([]);
        Assert.Equal(expected, kept.Pods.Select(static pod => pod.Reference.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>In the whole there are too many changes to try each of them.</summary>
    [Fact]
    public void Every_cause_is_told_among_hundreds_of_changes_elsewhere()
    {
        const string toDb = "podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]";
        var answer = new CauseQuestion(EndpointPattern.Parse("shop/web"), EndpointPattern.Parse("shop/db"))
            .Ask(new ClusterEvaluator(State("web", "web", "{}")), new ClusterEvaluator(State("new", "old", "{app: db}")), QuestionWords.Plain).Value!;
        Assert.True(answer.IsSmallest);
        Assert.Equal(["~NetworkPolicy shop/db", "~Pod shop/web"], answer.Causes[0].Select(static change => $"{change.Sign}{change.Object}"));

        ClusterSnapshot State(string label, string allowed, string selected) => Given.Cluster(
        [
            Given.Pod("shop/web", $"app: {label}"), Given.Pod("shop/db", "app: db"),
            Given.Policy(toDb.Replace("app: web", $"app: {allowed}", StringComparison.Ordinal), "shop/db"),
            .. Enumerable.Range(0, 300).SelectMany(number => new[]
            {
                Given.Pod($"other-{number}/db"), Given.Policy($"podSelector: {{matchLabels: {selected}}}", $"other-{number}/policy"),
            }),
        ]).Snapshot;
    }

    private static IEnumerable<int[]> Some(int count, int step) =>
        Enumerable.Range(0, step).Select(first => Enumerable.Range(0, count).Where(change => change % step == first).ToArray());

    private static IEnumerable<string> Texts(FoundCauses found) =>
        found.Causes.Select(static set => string.Join(", ", set)).Order(StringComparer.Ordinal);

    private static CauseTrials? TrialsOf(TestQuestion test, ClusterEvaluator before, ClusterEvaluator after, int fewestForWhole)
    {
        var (assumedBefore, assumedAfter) = ComparedStates.Assumed((before, test.Assumptions), (after, test.Assumptions));
        var was = (test with { Assumptions = assumedBefore }).Ask(before, QuestionWords.Plain).Value;
        var becomes = (test with { Assumptions = assumedAfter }).Ask(after, QuestionWords.Plain).Value;
        if (was is null || becomes is null || (was.IsAllowed == becomes.IsAllowed && was.Ports.Equals(becomes.Ports)))
            return null;
        return new CauseTrials(test, (before, assumedBefore, was), (after, assumedAfter, becomes), default) { FewestForWhole = fewestForWhole };
    }

    private static IEnumerable<TestQuestion> Tests(RandomClusterPair pair)
    {
        string[] names =
        [
            .. pair.Before.Snapshot.Pods.Select(static pod => $"{pod.Metadata.Namespace}/{pod.Name}"),
            "203.0.113.7", "beta/svc/any", "node/node-1", "outside", "10.0.0.0/24", "app=a", "alpha/*",
        ];
        var ends = names.Select(EndpointPattern.Parse).ToArray();
        return
            from step in Enumerable.Range(1, ends.Length - 1)
            from first in Enumerable.Range(0, ends.Length)
            let second = (first + step) % ends.Length
            where !ends[first].IsService
            select new TestQuestion([ends[first]], [ends[second]]);
    }

    /// <summary>In the later of two states some policies are gone, some are new, and objects of one name may be those of another cluster.</summary>
    private static Gen<RandomClusterPair> Pairs(string dialect) =>
        from before in Clusters(dialect)
        from other in Clusters(dialect)
        from which in Gen.ArrayOf(Gen.Choose(0, 2), 80)
        select new RandomClusterPair(before, Mixed(before, other, which));

    private static Gen<RandomCluster> Clusters(string dialect) =>
        from cluster in dialect switch
        {
            "tiers" => RandomTierGenerator.Clusters,
            "Calico" => RandomCalicoGenerator.Clusters,
            "Cilium" => RandomCiliumGenerator.Clusters,
            _ => RandomClusterGenerator.Cluster(),
        }
        from labels in RandomPodGenerator.Labels
        select new RandomCluster([.. cluster.Objects, Service(labels)]);

    private static RandomCluster Mixed(RandomCluster before, RandomCluster other, int[] which)
    {
        var news = other.Snapshot.Objects().GroupBy(static found => found.Reference).ToDictionary(static same => same.Key, static same => same.First());
        return new RandomCluster(before.Snapshot.Objects().Concat(other.Snapshot.NetworkPolicies).Concat(other.Snapshot.PolicyObjects)
            .Where(static found => found is not Namespace { IsOnlyMentioned: true }).DistinctBy(static found => found.Reference)
            .Where((found, i) => which[^(1 + (i % which.Length))] > 0 || found is not (NetworkPolicy or PolicyObject))
            .Select((found, i) => which[i % which.Length] == 0 && news.TryGetValue(found.Reference, out var changed) ? changed : found));
    }

    private static Service Service(LabelSet labels) => new(new ObjectMetadata { Name = "any", Namespace = "beta" })
    {
        Selector = new LabelSelector { MatchLabels = [.. labels] },
        Ports = [],
    };
}
