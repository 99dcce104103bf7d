using NetPolTools.Explaining;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Explaining;

/// <summary>Explanations say what the map says, and name what really decides.</summary>
public sealed class ExplanationProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_rules_named_allow_together_just_what_the_map_allows(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var map = Compile(cluster.Snapshot, ipBlockMatchesPods);
            var explainer = new Explainer(map);
            foreach (var (source, destination) in Pairs(map))
            {
                var explanation = explainer.Explain(source, destination, PortSet.All);
                Assert.Equal(map.EgressOf(source) is not null, explanation.Egress.IsIsolated);
                Assert.Equal(map.IngressOf(destination) is not null, explanation.Ingress.IsIsolated);
                Assert.Equal(map.EgressOf(source)?.PortsFor(map.Classes.ClassOf(destination)) ?? PortSet.All, explanation.Egress.Ports);
                Assert.Equal(map.IngressOf(destination)?.PortsFor(map.Classes.ClassOf(source)) ?? PortSet.All, explanation.Ingress.Ports);
            }
        });

    [Fact]
    public void Without_a_rule_that_an_explanation_names_just_the_other_rules_it_names_are_left() =>
        Always.Holds(RandomClusterGenerator.Clusters, 60, cluster =>
        {
            var map = Compile(cluster.Snapshot, ipBlockMatchesPods: true);
            var explainer = new Explainer(map);

            // Pods only: without the rule, addresses may be cut into other ranges.
            foreach (var (source, destination) in Pairs(map)
                .Where(pair => pair.Source < map.Endpoints.PodCount && pair.Destination < map.Endpoints.SelectableCount))
            {
                var explanation = explainer.Explain(source, destination, PortSet.All).Ingress;
                foreach (var match in explanation.Matches)
                {
                    var others = explanation.Matches.Where(other => other != match).Aggregate(PortSet.None, static (ports, other) => ports.Union(other.Ports));
                    var without = Compile(Without(match.Rule, cluster.Snapshot), ipBlockMatchesPods: true);
                    Assert.Equal(others, without.IngressOf(destination)!.PortsFor(without.Classes.ClassOf(source)));
                }
            }
        });

    [Fact]
    public void Policies_that_select_nobody_and_lack_one_thing_are_found_as_by_looking_at_each() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var map = Compile(cluster.Snapshot, ipBlockMatchesPods: true);
            var index = new NearPolicyIndex(map);
            NetworkPolicy[] dangling = [.. cluster.Snapshot.NetworkPolicies.Where(policy => !policy.PodSelector.SelectsEverything
                && !Enumerable.Range(0, map.Endpoints.SelectableCount).Select(pod => map.Endpoints[pod])
                    .Any(pod => pod.Namespace == policy.Namespace && policy.PodSelector.Matches(pod.Labels)))];
            foreach (var pod in Enumerable.Range(0, map.Endpoints.SelectableCount).Select(pod => map.Endpoints[pod]))
            {
                foreach (var direction in Enum.GetValues<PolicyDirection>())
                {
                    var expected = dangling.Where(policy => policy.Isolates(direction)
                        && PeerLacks.Of(policy.PodSelector, pod.Labels, "pod").Count() + (policy.Namespace == pod.Namespace ? 0 : 1) == 1)
                        .Select(static policy => $"{policy.Namespace}/{policy.Metadata.Name}").Order(StringComparer.Ordinal).ToArray();
                    var (all, none) = index.Of(direction, pod, int.MaxValue);
                    Assert.Equal(expected, all.Select(static near => near.Policy.Name).Order(StringComparer.Ordinal));
                    Assert.Equal(0, none);
                    Assert.Equal(Math.Max(expected.Length - 1, 0), index.Of(direction, pod, 1).More);
                }
            }
        });

    [Fact]
    public void What_is_denied_has_its_nearest_misses_wherever_there_is_a_rule_at_all() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var map = Compile(cluster.Snapshot, ipBlockMatchesPods: true);
            var explainer = new Explainer(map);
            foreach (var (source, destination) in Pairs(map))
            {
                var ingress = explainer.Explain(source, destination, PortSet.All).Ingress;
                var hasRules = map.IngressOf(destination)?.Policies.Any(static policy => policy.Rules(PolicyDirection.Ingress).Count > 0) ?? false;
                Assert.Equal(ingress.Ports.IsEmpty && hasRules, ingress.NearMisses.Count > 0);
                Assert.All(ingress.NearMisses, static miss => Assert.NotEmpty(miss.Lacks));
            }
        });

    /// <summary>Whoever asks of thousands of connections gets only what matches, and of many peers by what they have in common.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_near_misses_the_same_rules_match_by_the_same_peers(bool ipBlockMatchesPods)
    {
        var manyPeers = 0;
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster =>
        {
            foreach (var snapshot in new[] { cluster.Snapshot, WithPeersOfAll(cluster.Snapshot) })
            {
                var map = Compile(snapshot, ipBlockMatchesPods);
                var (all, few) = (new Explainer(map), new Explainer(map, withNearMisses: false));
                manyPeers += snapshot.NetworkPolicies.Count(static policy => policy.Ingress?.Any(static rule => rule.Peers?.Count > 8) == true);
                foreach (var (source, destination) in Pairs(map))
                {
                    var (expected, found) = (all.Explain(source, destination, PortSet.All), few.Explain(source, destination, PortSet.All));
                    Assert.Equal(Allowing(expected), Allowing(found));
                    Assert.Equal(DecidingReason.Of(expected.Ingress), few.ReasonsOf(PolicyDirection.Ingress, destination, source).Reasons);
                    Assert.Equal(DecidingReason.Of(expected.Egress), few.ReasonsOf(PolicyDirection.Egress, source, destination).Reasons);
                }
            }
        });
        Assert.True(manyPeers > 0, "No rule had many peers.");

        static IEnumerable<string> Allowing(Explanation explanation) => explanation.Lines().Where(static line => line.Contains(" allows "));
    }

    private static ReachabilityMap Compile(ClusterSnapshot snapshot, bool ipBlockMatchesPods) =>
        ReachabilityMap.Compile(snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods });

    private static IEnumerable<(int Source, int Destination)> Pairs(ReachabilityMap map) =>
        from source in Enumerable.Range(0, map.Endpoints.Count)
        from destination in Enumerable.Range(0, map.Endpoints.Count)
        where source < map.Endpoints.PodCount || destination < map.Endpoints.PodCount
        select (source, destination);

    /// <summary>The same cluster, a rule of a policy taken out; which pods are isolated stays the same.</summary>
    private static ClusterSnapshot Without(RulePlace rule, ClusterSnapshot snapshot)
    {
        var index = int.Parse(rule.Path["spec.ingress[".Length..^1]);
        return With(snapshot, policy => rule.Policy.Name != $"{policy.Metadata.Namespace}/{policy.Name}"
            ? policy
            : policy with { Ingress = [.. policy.Ingress!.Where((_, i) => i != index)] });
    }

    /// <summary>The same cluster, in which each rule that names peers names those of all other rules of its direction, too.</summary>
    private static ClusterSnapshot WithPeersOfAll(ClusterSnapshot snapshot)
    {
        var (from, to) = (PeersOf(PolicyDirection.Ingress), PeersOf(PolicyDirection.Egress));
        return With(snapshot, policy => policy with { Ingress = Widened(policy.Ingress, from), Egress = Widened(policy.Egress, to) });

        NetworkPolicyPeer[] PeersOf(PolicyDirection direction) =>
            [.. snapshot.NetworkPolicies.SelectMany(policy => policy.Rules(direction)).SelectMany(static rule => rule.Peers ?? [])];

        static NetworkPolicyRule[]? Widened(IReadOnlyList<NetworkPolicyRule>? rules, NetworkPolicyPeer[] more) => rules is null
            ? null
            : [.. rules.Select(rule => rule.Peers is { Count: > 0 } own ? rule with { Peers = [.. own, .. more] } : rule)];
    }

    private static ClusterSnapshot With(ClusterSnapshot snapshot, Func<NetworkPolicy, NetworkPolicy> changed)
    {
        var builder = new ClusterSnapshotBuilder();
        foreach (var found in snapshot.Namespaces.Concat<KubernetesObject>(snapshot.Nodes).Concat(snapshot.Workloads).Concat(snapshot.Pods))
            builder.Add(found);
        foreach (var policy in snapshot.NetworkPolicies)
            builder.Add(changed(policy));
        return builder.Build();
    }
}
