using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Intents;

/// <summary>Intents are judged by sets; asking pair by pair gives the same.</summary>
public sealed class IntentProperties
{
    private static readonly Gen<string> Ends = Gen.Elements(
        "everything", "alpha/*", "beta/*", "app=a", "app=b", "tier=a", "outside", "10.0.0.0/8", "outside-ipv4");

    private static readonly Gen<string> Ports = Gen.Elements("TCP 80", "UDP 53", "All", "TCP 80-90 UDP 53", "TCP 80 only", "not TCP 80", "nothing", "any port");

    private static readonly Gen<string> Intent = Gen.OneOf(
        from source in Ends from destination in Ends from ports in Ports select $"{source} -> {destination}: {ports}",
        from end in Ends from receives in ArbMap.Default.GeneratorFor<bool>() select receives ? $"nothing else -> {end}" : $"{end} -> nothing else");

    [Theory]
    [MemberData(nameof(DialectClusters.All), MemberType = typeof(DialectClusters))]
    public void Judging_by_sets_is_judging_pair_by_pair(string dialect) =>
        Always.Holds(
            from cluster in DialectClusters.Of(dialect)
            from intents in Intent.ArrayOf(6)
            select (Cluster: cluster, Intents: intents),
            40,
            given =>
            {
                var map = ReachabilityMap.Compile(given.Cluster.Snapshot, DialectClusters.Options(dialect, given.Cluster.Snapshot));
                var set = Intended.Read("intents:\n" + string.Concat(given.Intents.Distinct().Select(static intent => $"- {intent}\n")));
                var ends = new IntentEnds(map, []);
                IntentSides[] sides = [.. set.Intents.Select(ends.Resolve).Select(static found => found.Sides).OfType<IntentSides>()];
                var allowances = new Allowances(sides);
                var judge = new IntentJudge(map, ends.Everything);
                foreach (var one in sides)
                    Assert.Equal((one.Intent, PairByPair(map, one, sides)), (one.Intent, judge.Judge(one, allowances, CancellationToken.None).Status));
            },
            $"{nameof(Judging_by_sets_is_judging_pair_by_pair)} {dialect}");

    [Theory]
    [MemberData(nameof(DialectClusters.All), MemberType = typeof(DialectClusters))]
    public void What_is_written_of_a_cluster_holds_in_it(string dialect) =>
        Always.Holds(DialectClusters.Of(dialect), 30, cluster =>
        {
            var assumptions = Assumptions.None with { Cni = DialectClusters.Choice(dialect) };
            var written = Write(cluster, assumptions);
            var map = ReachabilityMap.Compile(cluster.Snapshot, DialectClusters.Options(dialect, cluster.Snapshot));
            foreach (var result in Intended.Ask(cluster.Snapshot, Intended.Read(written.Text), assumptions).Value!.Results)
            {
                Assert.True(
                    result.Status == IntentStatus.Passed
                        || (result.Status == IntentStatus.Undetermined && (map.NamespaceDoubts is not null || map.AtMost is not null)),
                    $"{result}\n{string.Join('\n', result.Deviations)}\n{written.Text}");
            }
        },
        $"{nameof(What_is_written_of_a_cluster_holds_in_it)} {dialect}");

    [Fact]
    public void What_is_written_of_a_cluster_holds_in_no_cluster_that_allows_more_or_less() =>
        Always.Holds(RandomClusterPairGenerator.Pairs, 80, static pair =>
        {
            var difference = new ReachabilityDifference(
                new DifferenceSide(pair.Before.Snapshot, ReachabilityMap.Compile(pair.Before.Snapshot)),
                new DifferenceSide(pair.After.Snapshot, ReachabilityMap.Compile(pair.After.Snapshot)),
                new ConnectionQuery { By = GroupBy.Pod });
            if (difference.Ends.Count > 0)
                return;
            var differs = difference.List().Any();
            var results = Intended.Ask(pair.After.Snapshot, Intended.Read(Write(pair.Before).Text)).Value!.Results;
            Assert.True(!differs || results.Any(static result => result.Status != IntentStatus.Passed));
        });

    private static WrittenIntents Write(RandomCluster cluster, Assumptions? assumptions = null) =>
        new IntentInitQuestion { Assumptions = assumptions ?? Assumptions.None }.Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain).Value!;

    private static IntentStatus PairByPair(ReachabilityMap map, IntentSides one, IntentSides[] all)
    {
        var (certain, open) = (false, false);
        foreach (var source in one.From)
        {
            foreach (var (ends, ports) in one.To)
            {
                foreach (var destination in ends)
                {
                    if (source == destination && (source >= map.Endpoints.PodCount || !map.Endpoints[source].MayHaveReplicas))
                        continue;
                    var sure = map.Between(source, destination);
                    var may = map.AtMost?.Between(source, destination) ?? sure;
                    var (mustBe, mustNot) = Wanted(map, one, all, source, destination, ports);
                    if (!IsDecided(map, one, source, destination))
                        mustNot = PortSet.None;
                    if (IsOwnNode(map, source, destination))
                        (sure, may, mustNot) = (PortSet.All, PortSet.All, IsAnyone(one) ? PortSet.None : mustNot);
                    certain |= Lacks(one, may, mustBe) || !sure.Intersect(mustNot).IsEmpty;
                    open |= Lacks(one, sure, mustBe) || !may.Intersect(mustNot).IsEmpty;
                }
            }
        }

        return certain ? IntentStatus.Failed : open ? IntentStatus.Undetermined : IntentStatus.Passed;
    }

    private static bool Lacks(IntentSides one, PortSet ports, PortSet wanted) =>
        !wanted.IsEmpty && (one.Intent.OnSomePort ? ports.Intersect(wanted).IsEmpty : !ports.Covers(wanted));

    private static bool IsAnyone(IntentSides one) => one.Intent.From.IsEverything || one.Intent.To.IsEverything;

    private static bool IsDecided(ReachabilityMap map, IntentSides one, int source, int destination) => !IsAnyone(one)
        || source < map.Endpoints.SelectableCount || destination < map.Endpoints.SelectableCount
        || map.EgressOf(source) is not null || map.IngressOf(destination) is not null;

    private static bool IsOwnNode(ReachabilityMap map, int source, int destination) =>
        new NodeNeighbours(map, map.Endpoints.SelectableCount).PodsOf(source).Contains(destination);

    private static (PortSet MustBe, PortSet MustNot) Wanted(
        ReachabilityMap map, IntentSides one, IntentSides[] all, int source, int destination, PortSet ports) =>
        one.Intent.Kind switch
        {
            IntentKind.Allowed => (ports, PortSet.None),
            IntentKind.Denied => (PortSet.None, ports),
            IntentKind.Only => (ports, PortSet.All.Except(ports)),
            _ => (PortSet.None, map.Traffic.Everything.Except(PortSet.UnionOf(
            [
                .. all.Where(other => other.Intent.Kind is IntentKind.Allowed or IntentKind.Only && other.From.Contains(source))
                    .SelectMany(other => other.To.Where(to => to.Ends.Contains(destination)).Select(to => other.Intent.OnSomePort ? PortSet.All : to.Ports)),
            ]))),
        };
}
