using NetPolTools.Asking;
using NetPolTools.Causes;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Causes;

/// <summary>Causes of differences between random states, undone by hand and asked of the oracle.</summary>
public sealed class CauseProperties
{
    [Fact]
    public void Undoing_what_is_named_brings_back_the_answer_and_nothing_less_does()
    {
        var found = 0;
        Always.Holds(RandomClusterGenerator.Clusters, 12, cluster =>
        {
            var before = cluster.Snapshot;
            var after = Changed(before);
            var names = OracleEndpoint.InCluster(before).Where(static pod => pod.Name.EndsWith("[Pod]", StringComparison.Ordinal)).ToArray();
            var (protocol, port) = Samples.Of(before).Ports[0];
            foreach (var (from, to) in names.SelectMany(_ => names, static (from, to) => (from, to)).Where(static pair => pair.from != pair.to).Take(8))
            {
                var (was, becomes) = (Allows(before, from, to), Allows(after, from, to));
                var answer = new CauseQuestion(Pattern(from), Pattern(to)) { Ports = PortSet.Of(protocol, port), Assumptions = Assumptions.None }
                    .Ask(new ClusterEvaluator(before), new ClusterEvaluator(after), QuestionWords.Plain).Value;
                if (answer is null)
                    continue;
                Assert.Equal((was, becomes), (answer.Before.IsAllowed, answer.After.IsAllowed));
                Assert.Equal(was != becomes, answer.Causes.Count > 0);
                found += answer.Causes.Count;
                foreach (var set in answer.Causes)
                {
                    Assert.Equal(was, Allows(Undone(set), from, to));
                    foreach (var needed in set.Count > 1 ? set : [])
                        Assert.Equal(becomes, Allows(Undone([.. set.Where(change => change != needed)]), from, to));
                }
            }

            bool Allows(ClusterSnapshot state, OracleEndpoint from, OracleEndpoint to)
            {
                var pods = OracleEndpoint.InCluster(state);
                return new Oracle.Oracle(state, ipBlockMatchesPods: true).Ask(Named(from), Named(to)).Allows(protocol, port);

                OracleEndpoint Named(OracleEndpoint end) => pods.Single(pod => pod.Name == end.Name);
            }

            ClusterSnapshot Undone(IReadOnlyList<SnapshotChange> changes)
            {
                var undone = changes.Select(static change => change.Object).ToHashSet();
                var builder = new ClusterSnapshotBuilder();
                foreach (var found in before.Objects().Where(found => undone.Contains(found.Reference)).Concat(
                    after.Objects().Where(found => !undone.Contains(found.Reference))))
                {
                    builder.Add(found);
                }

                return builder.Build();
            }
        });
        Assert.True(found > 0);
    }

    [Fact]
    public void Ports_that_one_of_several_ends_loses_are_a_difference()
    {
        var answer = new CauseQuestion(EndpointPattern.Parse("shop/*"), EndpointPattern.Parse("data/db"))
            .Ask(new ClusterEvaluator(State("b")), new ClusterEvaluator(State("nobody")), QuestionWords.Plain).Value!;
        Assert.Equal(("TCP 80,443", "TCP 80"), (answer.Before.Ports.ToString(), answer.After.Ports.ToString()));
        Assert.Equal(["NetworkPolicy data/db-443"], answer.Causes.SelectMany(static set => set).Select(static change => change.Object.ToString()));

        static ClusterSnapshot State(string second) => Given.Cluster(
            Given.Pod("shop/a", "app: a"),
            Given.Pod("shop/b", "app: b"),
            Given.Pod("data/db"),
            Policy("db-80", "a", 80),
            Policy("db-443", second, 443)).Snapshot;

        static string Policy(string name, string from, int port) => Given.Policy(
            $"podSelector: {{}}\ningress: [{{from: [{{namespaceSelector: {{}}, podSelector: {{matchLabels: {{app: {from}}}}}}}], ports: [{{port: {port}}}]}}]",
            "data/" + name);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1, 4)]
    [InlineData(2, 0, 17)]
    [InlineData(3, 2, 5, 9)]
    [InlineData(4, 0, 1, 28, 29)]
    public void The_search_finds_the_changes_that_are_needed_together(int size, params int[] needed)
    {
        Assert.Equal(size, needed.Length);
        var found = new CauseSearch(30, undone => Array.TrueForAll(needed, undone.Contains)).Find(out _);
        Assert.Equal(needed, Assert.Single(found).Order());
    }

    [Fact]
    public void The_search_finds_every_change_that_is_enough() =>
        Assert.Equal([[1], [4]], new CauseSearch(6, static undone => undone.Contains(1) || undone.Contains(4)).Find(out _));

    /// <summary>Without the first policy, another in the place of the last, and other labels on the first namespace.</summary>
    private static ClusterSnapshot Changed(ClusterSnapshot snapshot)
    {
        NetworkPolicy[] policies = [.. snapshot.NetworkPolicies.Skip(1)];
        if (policies.Length > 0)
            policies[^1] = policies[^1] with { PodSelector = LabelSelector.Everything };
        return snapshot.WithOnly(policies).Changed(found => found is Namespace { IsOnlyMentioned: false } ns && ns.Name == snapshot.Namespaces[0].Name
            ? ns with { Metadata = ns.Metadata with { Labels = LabelSet.Create([new("team", "blue"), new(Namespace.NameLabel, ns.Name)]) } }
            : found);
    }

    private static EndpointPattern Pattern(OracleEndpoint pod) => EndpointPattern.Parse(pod.Name.Replace("[Pod]", "", StringComparison.Ordinal));
}
