using NetPolTools.Asking;
using NetPolTools.Authoring.Inference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.SeenTraffic;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.SeenTraffic;

/// <summary>What becomes of seen traffic, against the oracle's answers for each port before and after a change.</summary>
public sealed class TrafficProperties
{
    [Fact]
    public void Traffic_breaks_or_opens_where_the_oracle_says_so() =>
        Always.Holds(RandomClusterGenerator.Clusters, 30, static cluster =>
        {
            var (before, after) = (cluster.Snapshot, cluster.Snapshot.WithOnly([.. cluster.Snapshot.NetworkPolicies.Skip(1)]));
            var (oracleBefore, oracleAfter) = (new Oracle.Oracle(before, ipBlockMatchesPods: true), new Oracle.Oracle(after, ipBlockMatchesPods: true));
            var ports = Samples.Of(before).Ports;
            var seen = PortSet.UnionOf([.. ports.Select(static port => PortSet.Of(port.Protocol, port.Number))]);
            var directory = new EndDirectory(before);
            var pods = OracleEndpoint.InCluster(before).Where(static pod => pod.Name.EndsWith("[Pod]", StringComparison.Ordinal))
                .Select(pod => (Pod: pod, End: directory.Find(EndOf(pod)))).Where(static pod => pod.End is not null).ToArray();
            var pairs = pods.SelectMany(_ => pods, static (from, to) => (From: from, To: to)).Where(static pair => pair.From != pair.To).ToArray();
            if (pairs.Length == 0)
                return;
            SeenFlow[] flows = [.. pairs.Select(pair => new SeenFlow(new Traffic(pair.From.End!, pair.To.End!, seen), false))];
            var answer = new TrafficQuestion(flows).Ask(new ClusterEvaluator(before), new ClusterEvaluator(after), QuestionWords.Plain);
            var checkedFlows = answer.Value!.Check.Flows;
            foreach (var (from, to) in pairs)
            {
                var (was, becomes) = (oracleBefore.Ask(from.Pod, to.Pod), oracleAfter.Ask(from.Pod, to.Pod));
                var lines = checkedFlows.Where(flow => flow.Source == from.End!.Name && flow.Destination == to.End!.Name).ToArray();
                foreach (var (protocol, number) in ports)
                {
                    var expected = (was.Allows(protocol, number), becomes.Allows(protocol, number)) switch
                    {
                        (true, false) => FlowOutcome.Breaks,
                        (false, true) => FlowOutcome.Opens,
                        _ => FlowOutcome.Stays,
                    };
                    var line = Assert.Single(lines, line => line.Ports.Contains(protocol, number));
                    Assert.Equal((expected, $"{from.Pod} -> {to.Pod} {protocol} {number}"), (line.Outcome, $"{from.Pod} -> {to.Pod} {protocol} {number}"));
                    Assert.Equal(line.After == Verdict.Denied, line.DeniedBy.Count > 0);
                }
            }
        });

    [Fact]
    public void What_was_listed_is_used_and_without_it_everything_is_unused() =>
        Always.Holds(RandomClusterGenerator.Clusters, 30, static cluster =>
        {
            var evaluator = new ClusterEvaluator(cluster.Snapshot);
            var directory = new EndDirectory(cluster.Snapshot);
            var lines = new ConnectionLister(evaluator.Map(Assumptions.None, CancellationToken.None), new ConnectionQuery()).List()
                .Where(static line => line is { Verdict: Verdict.Allowed, IsNodeTraffic: false }).ToArray();
            SeenFlow[] flows = [.. lines.Select(Flow).OfType<SeenFlow>()];
            if (flows.Length == 0)
                return;
            Assert.Empty(Unused(flows));

            // Each with another one in its place: all but that one, and what it overlaps with, are unused.
            var unused = Unused([flows[0]]);
            Assert.Equal(
                lines.Where(line => line.Source != flows[0].Traffic.Source.Name || line.Destination != flows[0].Traffic.Destination.Name)
                    .Where(line => !Overlaps(line, flows[0].Traffic)).Select(Text),
                unused.Where(line => line.Notes.All(static note => !note.StartsWith("used on", StringComparison.Ordinal))
                    && !Overlaps(line, flows[0].Traffic)).Select(Text));

            IReadOnlyList<Connection> Unused(SeenFlow[] seen) => [.. new TrafficQuestion(seen).Ask(evaluator, null, QuestionWords.Plain).Value!.Unused()];

            SeenFlow? Flow(Connection line) => directory.Find(line.Source) is { } from && directory.Find(line.Destination) is { } to
                ? new SeenFlow(new Traffic(from, to, line.Ports), false) : null;

            static string Text(Connection line) => $"{line.Source} -> {line.Destination} {line.Ports}";

            bool Overlaps(Connection line, Traffic flow) => OfOne(line.Source, flow.Source) && OfOne(line.Destination, flow.Destination);

            // A pod that stands alone and its workload are of one another.
            bool OfOne(ConnectionEnd end, TrafficEnd seen) => end == seen.Name || (end.Addresses is not null && seen.Name.Addresses is not null)
                || (directory.Find(end) is { } found && !found.Pods.Intersect(seen.Pods).IsEmpty);
        });

    private static ConnectionEnd EndOf(OracleEndpoint pod) =>
        ConnectionEnd.InCluster(pod.Namespace!, pod.Name.Split('/')[1].Replace("[Pod]", "", StringComparison.Ordinal), Pod.KindName);
}
