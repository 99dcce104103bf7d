using FsCheck.Fluent;
using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Intents;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Repairing;

/// <summary>A repair does what was asked for, and besides exactly what it says.</summary>
public sealed class RepairProperties
{
    public static TheoryData<string, bool> Asked =>
    [
        .. DialectClusters.All.Select(static dialect => new TheoryDataRow<string, bool>(dialect.Data, false)),
        .. DialectClusters.All.Select(static dialect => new TheoryDataRow<string, bool>(dialect.Data, true)),
    ];

    [Theory]
    [MemberData(nameof(Asked))]
    public void A_repair_does_what_was_asked_for_and_besides_what_it_says(string dialect, bool denied) => Always.Holds(
        from cluster in DialectClusters.Of(dialect)
        from source in Gen.Choose(0, 1000)
        from destination in Gen.Choose(0, 1000)
        from ports in Gen.Elements("TCP 80", "UDP 53", "TCP 80-90")
        select (Cluster: cluster, Source: source, Destination: destination, Ports: ports),
        10,
        given =>
        {
            var options = DialectClusters.Options(dialect, given.Cluster.Snapshot);
            var before = ReachabilityMap.Compile(given.Cluster.Snapshot, options);
            IntentUnit[] units = [.. new IntentUnits(before, []).All.Where(static unit => unit.Namespace is not null)];
            if (units.Length == 0)
                return;
            var (from, to) = (units[given.Source % units.Length], units[given.Destination % units.Length]);
            Assert.True(PortSet.TryParse(given.Ports, out var ports));
            var assumptions = Assumptions.None with { Cni = DialectClusters.Choice(dialect) };
            foreach (var repair in RepairTests.Ask(given.Cluster.Snapshot, from.Text, to.Text, given.Ports, denied, assumptions).Repairs)
                Check(before, ReachabilityMap.Compile(repair.Cluster!, options), repair, (from.Members, to.Members, ports), denied);
        },
        $"{nameof(A_repair_does_what_was_asked_for_and_besides_what_it_says)} {dialect} {denied}");

    private static void Check(ReachabilityMap before, ReachabilityMap after, Repair repair, (IndexSet From, IndexSet To, PortSet Ports) asked, bool denied)
    {
        Assert.Equal(before.Endpoints.PodCount, after.Endpoints.PodCount);
        var (opens, closes, open) = (false, false, false);
        for (var source = 0; source < before.Endpoints.PodCount; source++)
        {
            for (var destination = 0; destination < before.Endpoints.PodCount; destination++)
            {
                if (source == destination && !before.Endpoints[source].MayHaveReplicas)
                    continue;
                var (was, becomes) = (before.Between(source, destination), after.Between(source, destination));
                var ports = asked.From.Contains(source) && asked.To.Contains(destination) ? asked.Ports : PortSet.None;
                if (!ports.IsEmpty && !before.AreOnOneNode(source, destination))
                    Assert.True(denied ? becomes.Intersect(ports).IsEmpty : becomes.Covers(ports), $"{repair}: {source} -> {destination} {becomes}");
                opens |= !becomes.Except(was).Except(denied ? PortSet.None : ports).IsEmpty;
                closes |= !was.Except(becomes).Except(denied ? ports : PortSet.None).IsEmpty;
                open |= ports.IsEmpty && !before.Undetermined(source, destination).Equals(after.Undetermined(source, destination));
            }
        }

        // Of addresses outside and of ends with names this says nothing; what is told of them is left out.
        Assert.True(opens == repair.OpensBesides.Any(AreInCluster), $"{repair}: {string.Join("; ", repair.OpensBesides)}");
        Assert.True(closes == repair.ClosesBesides.Any(AreInCluster), $"{repair}: {string.Join("; ", repair.ClosesBesides)}");
        if (open)
            Assert.NotEmpty(repair.LeavesOpen);

        static bool AreInCluster(ConnectionChange change) => change.Source.Namespace is { Length: > 0 } && change.Destination.Namespace is { Length: > 0 };
    }
}
