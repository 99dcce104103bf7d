using NetPolTools.Isolation;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class IsolationProperties
{
    [Fact]
    public void A_pod_is_open_where_the_oracle_finds_no_policy_and_denied_where_it_finds_no_peer() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
            var samples = Samples.Of(cluster.Snapshot);
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            var outside = samples.Addresses.Select(OracleEndpoint.Outside).ToList();
            var report = new IsolationReport(cluster.Snapshot, ReachabilityMap.Compile(cluster.Snapshot), []);
            foreach (var isolation in report.Pods())
            {
                var pod = pods.Single(pod => pod.Name == isolation.End.ToString());
                Assert.Equal(pod.IsHostNetwork, isolation.IsHostNetwork);

                // Replicas of a workload are peers of one another; a pod is none of itself.
                var peers = pods.Where(peer => peer != pod || pod.Owner[^5..] != "[Pod]").Concat(outside).ToList();
                Check(isolation.Ingress, [.. peers.Select(peer => oracle.Ask(peer, pod))], static answer =>
                    answer.Ingress, static (answer, port) => answer.Receives(port.Protocol, port.Number));
                Check(isolation.Egress, [.. peers.Select(peer => oracle.Ask(pod, peer))], static answer =>
                    answer.Egress, static (answer, port) => answer.Sends(port.Protocol, port.Number));
            }

            void Check(
                DirectionIsolation actual,
                List<OracleAnswer> answers,
                Func<OracleAnswer, IReadOnlyList<PortGrant>?> grants,
                Func<OracleAnswer, (Protocol Protocol, int Number), bool> allows)
            {
                var expected = grants(answers[0]) is null ? IsolationState.Open
                    : answers.Any(answer => samples.Ports.Any(port => allows(answer, port))) ? IsolationState.Isolated
                    : IsolationState.Denied;
                Assert.Equal(expected, actual.State);
                Assert.Equal(expected == IsolationState.Open, actual.Policies.Count == 0);
                Assert.Equal(answers.All(answer => samples.Ports.All(port => allows(answer, port))), actual.Peers == DirectionIsolation.Everything);
            }
        });

    [Fact]
    public void A_pod_to_come_is_isolated_by_the_default_deny_of_its_namespace_whatever_its_labels() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            foreach (var ns in new IsolationReport(cluster.Snapshot, ReachabilityMap.Compile(cluster.Snapshot), []).Namespaces())
            {
                var newcomer = new Pod(
                    new ObjectMetadata { Name = "newcomer", Namespace = ns.Namespace, Labels = LabelSet.Create([KeyValuePair.Create("new", "comer")]) });
                var after = new RandomCluster([.. cluster.Objects, newcomer]);
                var isolation = new IsolationReport(after.Snapshot, ReachabilityMap.Compile(after.Snapshot), [ns.Namespace]).Pods()
                    .Single(static pod => pod.End.Name == "newcomer");
                Assert.True(ns.IngressDefaults.Count == 0 || isolation.Ingress.State != IsolationState.Open);
                Assert.True(ns.EgressDefaults.Count == 0 || isolation.Egress.State != IsolationState.Open);
            }
        });
}
