using System.Runtime.CompilerServices;
using NetPolTools.Listing;
using NetPolTools.Paths;
using NetPolTools.Reachability;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Paths;

/// <summary>Paths and choke points against a slow search that goes along the lines of a listing by workload, one by one.</summary>
public sealed class PathProperties
{
    public static TheoryData<string> Dialects => DialectClusters.All;

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_path_is_a_walk_of_listed_connections_and_none_is_shorter(string dialect) => Hold(dialect, 20, CheckPaths);

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_choke_point_cuts_off_what_is_out_of_reach_once_it_is_removed(string dialect) => Hold(dialect, 15, CheckChokePoints);

    [Fact]
    public void Paths_are_found_along_chains_and_round_about_them() =>
        Always.Holds(RandomGraphs.Clusters, 40, static snapshot =>
        {
            CheckPaths(ReachabilityMap.Compile(snapshot));
            CheckChokePoints(ReachabilityMap.Compile(snapshot));
        });

    [Theory]
    [MemberData(nameof(Dialects))]
    public void From_outside_one_hop_leads_to_whom_a_listing_lets_some_address_reach_and_choke_points_cut_as_many(string dialect) =>
        Hold(dialect, 15, CheckFromOutside);

    private static void Hold(string dialect, int examples, Action<ReachabilityMap> check, [CallerMemberName] string name = "") => Always.Holds(
        DialectClusters.Of(dialect),
        examples,
        cluster => check(ReachabilityMap.Compile(cluster.Snapshot, DialectClusters.Options(dialect, cluster.Snapshot))),
        $"{name} {dialect}");

    private static void CheckFromOutside(ReachabilityMap map)
    {
        foreach (var text in new[] { "outside", "203.0.113.0/24", "10.0.0.0/16" })
        {
            var asked = EndpointPattern.Parse(text);
            if (OutsideStart.Of(map, text, asked.Addresses is { } range ? [range] : asked.Outside) is not { } outside)
                continue;
            var graph = new SlowGraph(map, new ConnectionLister(map, new ConnectionQuery()).Groups.SelectMany((_, group) =>
                outside.Ranges.SelectMany(addresses => new ConnectionLister(map, new ConnectionQuery())
                    .FromOutside(group, AskedAddresses.Everything with { Range = addresses, IsOutsideOnly = true }))), text);
            var lister = new ConnectionLister(map, new ConnectionQuery());
            var radius = new BlastRadius(map, lister, [], null, CancellationToken.None, outside);
            int[] starts = [graph.Ends.Length - 1];
            var (certain, possible) = (graph.Hops(starts, graph.Allowed), graph.Hops(starts, graph.Possible));
            var found = radius.Paths().ToDictionary(static path => path.Destination);
            Assert.Equal(possible.Where(static reached => reached.Value > 0).Select(static reached => $"{reached.Key}: {reached.Value}").Order(),
                found.Values.Select(static path => $"{path.Destination}: {path.HopsAtLeast}").Order());
            Assert.All(found.Values, path => Assert.Equal(certain.ContainsKey(path.Destination), path.Verdict == Verdict.Allowed));
            Assert.All(found.Values, path => Assert.Equal(text, path.Steps[0].Source.ToString()));
            var expected = graph.Allowed.Select(edge => (Edge: edge, graph.Cut(starts, null, edge).Cuts)).Where(static cut => cut.Cuts > 0)
                .Select(static cut => $"{cut.Edge.From} -> {cut.Edge.To}: {cut.Cuts}");
            Assert.Equal(expected.Order(), radius.ChokePoints(int.MaxValue)
                .Select(static choke => $"{choke.Connection.Source} -> {choke.Connection.Destination}: {choke.Cuts}").Order());
        }
    }

    private static void CheckPaths(ReachabilityMap map)
    {
        var graph = new SlowGraph(map);
        foreach (var starts in graph.Starts())
        {
            var radius = Radius(map, starts, null);
            var (certain, possible) = (graph.Hops(starts, graph.Allowed), graph.Hops(starts, graph.Possible));
            var seen = new HashSet<ConnectionEnd>();
            foreach (var path in radius.Paths())
            {
                Assert.True(seen.Add(path.Destination));
                Assert.Equal(certain.TryGetValue(path.Destination, out var hops) ? hops : possible[path.Destination], path.Hops);
                Assert.Equal(possible[path.Destination], path.HopsAtLeast);
                Assert.Equal(certain.ContainsKey(path.Destination) ? Verdict.Allowed : Verdict.Undetermined, path.Verdict);
                AssertWalk(graph, starts, path);
            }

            Assert.Equal(possible.Where(static reached => reached.Value > 0).Select(static reached => reached.Key.ToString()).Order(),
                seen.Select(static end => end.ToString()).Order());
            Assert.Equal(ByHops(certain), radius.WorkloadsByHops);
            Assert.Equal(ByHops(possible.Where(reached => !certain.ContainsKey(reached.Key)).ToDictionary()), radius.UndeterminedByHops);
        }
    }

    private static void AssertWalk(SlowGraph graph, int[] starts, WorkloadPath path)
    {
        Assert.Contains(path.Steps[0].Source, starts.Select(start => graph.Ends[start]));
        Assert.Equal(path.Destination, path.Steps[^1].Destination);
        Assert.All(path.Steps.Zip(path.Steps.Skip(1)), static pair => Assert.Equal(pair.First.Destination, pair.Second.Source));
        Assert.All(path.Steps, step => Assert.Contains(graph.Lines, line =>
            line.Source == step.Source && line.Destination == step.Destination && line.Verdict == step.Verdict && line.Ports.Equals(step.Ports)
            && line.Notes.SequenceEqual(step.Notes) && line.IsNodeTraffic == step.IsNodeTraffic));
        if (path.Verdict == Verdict.Allowed)
            Assert.All(path.Steps, static step => Assert.Equal(Verdict.Allowed, step.Verdict));
    }

    private static void CheckChokePoints(ReachabilityMap map)
    {
        var graph = new SlowGraph(map);
        foreach (var starts in graph.Starts())
        {
            foreach (var targets in new int[]?[] { null, [.. Enumerable.Range(0, graph.Ends.Length).Where(static end => end % 2 == 0)] })
            {
                var expected = graph.Allowed.Select(edge => (Edge: edge, Cut: graph.Cut(starts, targets, edge))).Where(static cut => cut.Cut.Cuts > 0)
                    .Select(static cut => $"{cut.Edge.From} -> {cut.Edge.To}: {cut.Cut.Cuts}, {cut.Cut.MayRemain}");
                var found = Radius(map, starts, targets).ChokePoints(int.MaxValue);
                Assert.Equal(
                    expected.Order(),
                    found.Select(static choke => $"{choke.Connection.Source} -> {choke.Connection.Destination}: {choke.Cuts}, {choke.MayRemain}").Order());
                Assert.Equal(found.Select(static choke => choke.Cuts).OrderDescending(), found.Select(static choke => choke.Cuts));
            }
        }
    }

    private static BlastRadius Radius(ReachabilityMap map, int[] starts, int[]? targets) =>
        new(map, new ConnectionLister(map, new ConnectionQuery()), starts, targets, CancellationToken.None);

    private static int[] ByHops(Dictionary<ConnectionEnd, int> hops) =>
        [.. Enumerable.Range(1, hops.Values.DefaultIfEmpty().Max()).Select(count => hops.Values.Count(found => found == count))];

    /// <summary>Workloads and the lines between them, kept pair by pair.</summary>
    private sealed class SlowGraph
    {
        /// <param name="map">Of the cluster.</param>
        /// <param name="outside">Lines from addresses, which all count as one end, the last one.</param>
        /// <param name="name">Of that end; null for none.</param>
        public SlowGraph(ReachabilityMap map, IEnumerable<Connection>? outside = null, string? name = null)
        {
            var lister = new ConnectionLister(map, new ConnectionQuery());
            Ends = [.. lister.Groups.Select(static group => group.End), .. name is null ? [] : new[] { ConnectionEnd.Outside(name) }];
            Lines =
            [
                .. lister.List().Concat((outside ?? []).Select(line => line with { Source = Ends[^1] }))
                    .Where(line => Ends.Contains(line.Source) && Ends.Contains(line.Destination) && line.Source != line.Destination),
            ];
            Allowed = [.. Lines.Where(static line => line.Verdict == Verdict.Allowed).Select(static line => (line.Source, line.Destination))];
            Possible = [.. Lines.Select(static line => (line.Source, line.Destination))];
        }

        public ConnectionEnd[] Ends { get; }

        public Connection[] Lines { get; }

        public HashSet<(ConnectionEnd From, ConnectionEnd To)> Allowed { get; }

        public HashSet<(ConnectionEnd From, ConnectionEnd To)> Possible { get; }

        /// <summary>Each end by itself, and two together.</summary>
        public IEnumerable<int[]> Starts() => Ends.Length < 2
            ? []
            : Enumerable.Range(0, Ends.Length).Select(static end => new[] { end }).Append([0, Ends.Length - 1]);

        /// <summary>The fewest hops to every end that can be reached: edges are followed until nothing changes any more.</summary>
        public Dictionary<ConnectionEnd, int> Hops(int[] starts, IEnumerable<(ConnectionEnd From, ConnectionEnd To)> edges)
        {
            var hops = starts.ToDictionary(start => Ends[start], static _ => 0);
            for (var isChanged = true; isChanged;)
            {
                isChanged = false;
                foreach (var (from, to) in edges)
                {
                    if (!hops.TryGetValue(from, out var before) || (hops.TryGetValue(to, out var known) && known <= before + 1))
                        continue;
                    hops[to] = before + 1;
                    isChanged = true;
                }
            }

            return hops;
        }

        public (int Cuts, int MayRemain) Cut(int[] starts, int[]? targets, (ConnectionEnd From, ConnectionEnd To) edge)
        {
            var (left, mayBeLeft) = (Hops(starts, Allowed.Where(other => other != edge)), Hops(starts, Possible.Where(other => other != edge)));
            var cut = Hops(starts, Allowed).Keys
                .Where(end => (targets is null || targets.Any(target => Ends[target] == end)) && !left.ContainsKey(end)).ToArray();
            return (cut.Length, cut.Count(mayBeLeft.ContainsKey));
        }
    }
}
