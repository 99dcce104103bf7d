using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class DifferenceProperties
{
    [Theory]
    [InlineData(GroupBy.Pod, true)]
    [InlineData(GroupBy.Workload, true)]
    [InlineData(GroupBy.Workload, false)]
    public void With_its_changes_what_the_oracle_allows_before_is_what_it_allows_after(GroupBy by, bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
        {
            var (before, after) = (new Side(pair.Before, ipBlockMatchesPods), new Side(pair.After, ipBlockMatchesPods));
            var changes = Compare(pair, by, ipBlockMatchesPods).List().ToList();
            var inCluster = changes.Where(static change => change.Source.Addresses is null && change.Destination.Addresses is null)
                .ToDictionary(static change => (change.Source.ToString(), change.Destination.ToString()));
            var ends = Ends(before, after, by);
            foreach (var (source, destination) in from a in ends from b in ends select (a, b))
            {
                inCluster.Remove((source, destination), out var change);
                foreach (var (protocol, port) in before.Samples.Ports.Union(after.Samples.Ports))
                {
                    var allowedBefore = before.Allows(source, destination, by, protocol, port);
                    var allowedAfter = after.Allows(source, destination, by, protocol, port);
                    AssertAgrees(allowedBefore, allowedAfter, change, source, destination, protocol, port);
                }
            }

            Assert.Empty(inCluster);
        });

    [Theory]
    [InlineData(GroupBy.Pod)]
    [InlineData(GroupBy.Workload)]
    public void The_same_holds_for_addresses_outside(GroupBy by) => Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
    {
        var (before, after) = (new Side(pair.Before, true), new Side(pair.After, true));
        var changes = Compare(pair, by).List().ToList();
        foreach (var end in Ends(before, after, by))
        {
            var sent = changes.Where(change => change.Source.ToString() == end && change.Destination.Addresses is not null).ToList();
            var received = changes.Where(change => change.Destination.ToString() == end && change.Source.Addresses is not null).ToList();
            foreach (var address in before.Samples.Addresses.Union(after.Samples.Addresses)
                .Where(address => !before.Samples.PodAddresses.Contains(address) && !after.Samples.PodAddresses.Contains(address)))
            {
                Check(sent.SingleOrDefault(change => Holds(change.Destination, address)), address.ToString(), toOutside: true);
                Check(received.SingleOrDefault(change => Holds(change.Source, address)), address.ToString(), toOutside: false);
            }

            void Check(ConnectionChange? change, string address, bool toOutside)
            {
                var (source, destination) = toOutside ? (end, address) : (address, end);
                foreach (var (protocol, port) in before.Samples.Ports.Union(after.Samples.Ports))
                {
                    var allowedBefore = before.Allows(source, destination, by, protocol, port);
                    var allowedAfter = after.Allows(source, destination, by, protocol, port);
                    AssertAgrees(allowedBefore, allowedAfter, change, source, destination, protocol, port);
                }
            }
        }
    });

    [Fact]
    public void A_cluster_does_not_differ_from_itself() => Always.Holds(RandomClusterGenerator.Clusters, 120, cluster =>
    {
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            // Another cluster of the same objects, so that nothing is the same only because it is one object.
            var difference = Compare(new RandomClusterPair(cluster, new RandomCluster(cluster.Objects)), by);
            Assert.Empty(difference.Ends);
            Assert.Empty(difference.Policies);
            Assert.Empty(difference.List());
        }
    });

    [Fact]
    public void Going_back_is_the_mirror_image() => Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
    {
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            var there = Compare(pair, by);
            var back = Compare(new RandomClusterPair(pair.After, pair.Before), by);
            Assert.Equal(there.Ends.Select(static end => (end.End, Mirror(end.Status))), back.Ends.Select(static end => (end.End, end.Status)));
            Assert.Equal(
                there.List().Select(static change => (
                    change.Source, change.Destination, change.After, change.Before, Mirror(change.SourceStatus), Mirror(change.DestinationStatus),
                        Names(change))),
                back.List().Select(static change => (
                    change.Source, change.Destination, change.Before, change.After, change.SourceStatus, change.DestinationStatus, Names(change))));
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_policies_alone_changed_the_lines_are_what_the_maps_do_not_have_in_common(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterPairGenerator.Pairs, 300, pair =>
        {
            var after = new RandomCluster(
                [.. pair.Before.Objects.Where(static made => made is not NetworkPolicy), .. pair.After.Objects.Where(made => made is NetworkPolicy policy
                    && pair.Before.Snapshot.Namespaces.Any(ns => ns.Name == policy.Metadata.Namespace))]);
            var (mapBefore, mapAfter) = (SideOf(pair.Before, ipBlockMatchesPods).Map, SideOf(after, ipBlockMatchesPods).Map);
            Assert.Equal(mapBefore.Endpoints.PodCount, mapAfter.Endpoints.PodCount);
            var listed = Compare(new RandomClusterPair(pair.Before, after), GroupBy.Pod, ipBlockMatchesPods).ListBare()
                .Where(static change => change.Source.Addresses is null && change.Destination.Addresses is null)
                .Select(static change => $"{change.Source} -> {change.Destination}: {change.Before} -> {change.After}");
            var pods = Enumerable.Range(0, mapBefore.Endpoints.PodCount).ToLookup(pod => EndpointGroup.OfPod(mapBefore, pod).End);
            var expected =
                from source in pods
                from destination in pods
                where source.Key != destination.Key
                let portsBefore = Ports(mapBefore, source, destination)
                let portsAfter = Ports(mapAfter, source, destination)
                where !portsBefore.Equals(portsAfter)
                select $"{source.Key} -> {destination.Key}: {portsBefore} -> {portsAfter}";
            Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));

            // Of templates of one owner each for itself.
            static PortSet Ports(ReachabilityMap map, IEnumerable<int> from, IEnumerable<int> to) =>
                PortSet.UnionOf([.. from.SelectMany(source => to.Select(destination => map.Between(source, destination)))]);
        });

    [Fact]
    public void Without_reasons_the_lines_are_the_same() => Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
    {
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            Assert.Equal(
                Compare(pair, by).List().Select(static change => (change.Source, change.Destination, change.Before, change.After)),
                Compare(pair, by).ListBare().Select(static change => (change.Source, change.Destination, change.Before, change.After)));
        }
    });

    [Fact]
    public void Every_change_has_its_reason() => Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
    {
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            foreach (var change in Compare(pair, by).List()
                .Where(static change => change.SourceStatus == EndStatus.Kept && change.DestinationStatus == EndStatus.Kept))
            {
                Assert.True(change.Policies.Count > 0 || change.Notes.Any(static note =>
                    note.Contains(" changed", StringComparison.Ordinal) || note.Contains("came or went", StringComparison.Ordinal)), $"{change}");
                Assert.DoesNotContain("no policy that selects these ends differs", change.Notes);
            }
        }
    });

    [Fact]
    public void Filters_leave_just_the_changes_they_name() => Always.Holds(RandomClusterPairGenerator.Pairs, 100, pair =>
    {
        var all = Compare(pair, GroupBy.Pod).List().ToList();
        foreach (var ns in all.SelectMany(static change => new[] { change.Source.Namespace, change.Destination.Namespace }).OfType<string>().Distinct())
        {
            EndpointPattern[] pattern = [EndpointPattern.Parse($"{ns}/*")];
            AssertSame(all.Where(change => change.Source.Namespace == ns), Compare(pair, new ConnectionQuery { By = GroupBy.Pod, From = pattern }));
            AssertSame(all.Where(change => change.Destination.Namespace == ns), Compare(pair, new ConnectionQuery { By = GroupBy.Pod, To = pattern }));
            AssertSame(
                all.Where(change => change.Source.Namespace == ns || change.Destination.Namespace == ns),
                Compare(pair, new ConnectionQuery { By = GroupBy.Pod, Namespaces = [ns] }));
        }
    });

    /// <remarks>Asked a million times, so the message is made only where it is needed.</remarks>
    private static void AssertAgrees(
        bool allowedBefore, bool allowedAfter, ConnectionChange? change, string source, string destination, Protocol protocol, int port)
    {
        var agrees = change is null ? allowedBefore == allowedAfter
            : allowedBefore == change.Before.Contains(protocol, port) && allowedAfter == change.After.Contains(protocol, port);
        if (!agrees)
            Assert.Fail($"{source} -> {destination} on {protocol} {port}: the oracle goes from {allowedBefore} to {allowedAfter}, the change is {change}");
    }

    private static void AssertSame(IEnumerable<ConnectionChange> expected, ReachabilityDifference difference) => Assert.Equal(
        expected.Select(static change => (change.Source, change.Destination, change.Before, change.After)),
        difference.List().Select(static change => (change.Source, change.Destination, change.Before, change.After)));

    private static ReachabilityDifference Compare(RandomClusterPair pair, GroupBy by, bool ipBlockMatchesPods = true) =>
        Compare(pair, new ConnectionQuery { By = by }, ipBlockMatchesPods);

    private static ReachabilityDifference Compare(RandomClusterPair pair, ConnectionQuery query, bool ipBlockMatchesPods = true) =>
        new(SideOf(pair.Before, ipBlockMatchesPods), SideOf(pair.After, ipBlockMatchesPods), query);

    private static DifferenceSide SideOf(RandomCluster cluster, bool ipBlockMatchesPods) =>
        new(cluster.Snapshot, ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods }));

    /// <summary>
    /// The end that a pod stands behind: pods of one owner stand apart where a listing of either side tells them apart, and both sides have pods of the
    /// same names, or only one side has any.
    /// </summary>
    private static Func<OracleEndpoint, string> EndOf(Side before, Side after, GroupBy by)
    {
        if (by == GroupBy.Pod)
            return static pod => pod.Name;
        var told = before.ToldApart().Union(after.ToldApart()).ToHashSet();
        return pod => told.Contains(pod.Owner) && HasSamePods(pod.Owner) ? pod.Name : pod.Owner;

        bool HasSamePods(string owner)
        {
            var (old, now) = (Names(before), Names(after));
            return old.Count == 0 || now.Count == 0 || old.SetEquals(now);

            HashSet<string> Names(Side side) => [.. side.Pods.Where(pod => pod.Owner == owner).Select(static pod => pod.Name)];
        }
    }

    /// <summary>Every end of a comparison, once both sides know what stands behind each.</summary>
    private static List<string> Ends(Side before, Side after, GroupBy by)
    {
        var endOf = EndOf(before, after, by);
        before.Group(endOf);
        after.Group(endOf);
        return [.. before.Pods.Concat(after.Pods).Select(endOf).Distinct()];
    }

    private static bool Holds(ConnectionEnd outside, NetAddress address)
    {
        var ends = outside.Addresses!.Split('-').Select(NetAddress.Parse).ToArray();
        return new AddressRange(ends[0].Family, ends[0].Value, ends[^1].Value).Contains(address);
    }

    private static EndStatus Mirror(EndStatus status) =>
        status switch { EndStatus.Added => EndStatus.Removed, EndStatus.Removed => EndStatus.Added, _ => EndStatus.Kept };

    private static string Names(ConnectionChange change) => string.Join(' ', change.Policies.Select(static policy => $"{policy.Namespace}/{policy.Name}"));

    /// <summary>A side as the oracle sees it.</summary>
    private sealed class Side(RandomCluster cluster, bool ipBlockMatchesPods)
    {
        private readonly Oracle _oracle = new(cluster.Snapshot, ipBlockMatchesPods);
        private readonly Dictionary<(string, string), OracleAnswer> _answers = [];
        private ILookup<string, OracleEndpoint> _behind = Array.Empty<OracleEndpoint>().ToLookup(static pod => pod.Name);

        public IReadOnlyList<OracleEndpoint> Pods { get; } = OracleEndpoint.InCluster(cluster.Snapshot);

        public Samples Samples { get; } = Samples.Of(cluster.Snapshot);

        /// <summary>Whether policies allow any pod behind one end to reach any other pod behind the other.</summary>
        public bool Allows(string source, string destination, GroupBy by, Protocol protocol, int port)
        {
            foreach (var from in Behind(source))
            {
                foreach (var to in Behind(destination))
                {
                    // Replicas of a workload are different pods that behave alike; one pod is not another than itself.
                    if (from == to && (by == GroupBy.Pod || source.EndsWith("[Pod]", StringComparison.Ordinal)))
                        continue;
                    if (!_answers.TryGetValue((from.Name, to.Name), out var answer))
                        _answers.Add((from.Name, to.Name), answer = _oracle.Ask(from, to));
                    if (answer.PoliciesAllow(protocol, port))
                        return true;
                }
            }

            return false;
        }

        /// <summary>Owners whose pods a listing of this side shows apart.</summary>
        public IEnumerable<string> ToldApart()
        {
            var listed = new ConnectionLister(SideOf(cluster, ipBlockMatchesPods).Map, new ConnectionQuery { IncludeDenied = true }).List()
                .Select(static line => line.Source.ToString())
                .ToHashSet();
            return Pods.Where(pod => pod.Owner != pod.Name && listed.Contains(pod.Name)).Select(static pod => pod.Owner);
        }

        public void Group(Func<OracleEndpoint, string> endOf) => _behind = Pods.ToLookup(endOf);

        private IEnumerable<OracleEndpoint> Behind(string end) =>
            NetAddress.TryParse(end, out var address) ? [OracleEndpoint.Outside(address)] : _behind[end];
    }
}
