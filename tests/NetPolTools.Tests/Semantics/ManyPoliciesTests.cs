using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Semantics;

/// <summary>One namespace with more pods and overlapping policies than anything is looked through one by one for.</summary>
public class ManyPoliciesTests
{
    private const int Pods = 1100;
    private const int Policies = 96;

    private readonly Pod[] _pods = [.. Enumerable.Range(0, Pods).Select(static i => new Pod(new ObjectMetadata
    {
        Name = $"pod-{i:0000}",
        Namespace = "all",
        Labels = LabelSet.Create([KeyValuePair.Create("tier", $"t{i % 4}"), KeyValuePair.Create("app", $"a{i % 97}")]),
    }))];

    private readonly NetworkPolicy[] _policies =
        [.. Enumerable.Range(0, Policies).Select(static p => new NetworkPolicy(new ObjectMetadata { Name = $"policy-{p}", Namespace = "all" })
    {
        PodSelector = p % 3 == 0 ? LabelSelector.Everything : p % 3 == 1 ? With("tier", $"t{p % 4}") : With("app", $"a{p % 97}"),
        PolicyTypes = [p % 2 == 0 ? "Ingress" : "Egress"],
        Ingress = p % 2 == 0 ? [Rule(p)] : null,
        Egress = p % 2 == 0 ? null : [Rule(p)],
    })];

    private readonly ReachabilityMap _map;

    public ManyPoliciesTests()
    {
        var builder = new ClusterSnapshotBuilder();
        foreach (var made in _pods.Concat<KubernetesObject>(_policies))
            builder.Add(made);
        _map = ReachabilityMap.Compile(builder.Build());
    }

    [Fact]
    public void Between_two_pods_just_the_ports_are_open_that_rules_of_both_sides_allow()
    {
        var finder = new PeerFinder(_map, PolicyDirection.Ingress);
        for (var destination = 0; destination < Pods; destination += 41)
        {
            var sources = finder.PeersOf(destination);
            for (var source = 0; source < Pods; source += 7)
            {
                var expected = Allowed(PolicyDirection.Egress, source, destination).Intersect(Allowed(PolicyDirection.Ingress, destination, source));
                Assert.Equal(expected, _map.Between(source, destination));
                Assert.Equal(!expected.IsEmpty, sources.Contains(_map.Classes.ClassOf(source)));
            }
        }
    }

    [Fact]
    public void Counting_on_several_threads_comes_to_what_one_thread_adds_up()
    {
        var finder = new PeerFinder(_map, PolicyDirection.Ingress);
        var pairs = 0L;
        for (var destination = 0; destination < Pods; destination++)
        {
            var sources = finder.PeersOf(destination);
            pairs += Enumerable.Range(0, Pods).Count(source => source != destination && sources.Contains(_map.Classes.ClassOf(source)));
        }

        Assert.Equal(pairs, AllowedPairs.Count(_map));
        Assert.Equal(pairs, AllowedPairs.Count(_map));
    }

    private PortSet Allowed(PolicyDirection direction, int subject, int peer)
    {
        var isolating = _policies.Where(policy => policy.Isolates(direction) && policy.PodSelector.Matches(_pods[subject].Metadata.Labels)).ToList();
        return isolating.Count == 0 ? PortSet.All : PortSet.UnionOf(
        [
            .. isolating.SelectMany(policy => policy.Rules(direction))
                .Where(rule => rule.Peers!.Any(item => item.PodSelector!.Matches(_pods[peer].Metadata.Labels)))
                .Select(static rule => PortSet.Of(Protocol.TCP, rule.Ports![0].Port!.Value.Number, rule.Ports[0].EndPort!.Value)),
        ]);
    }

    private static NetworkPolicyRule Rule(int p) => new()
    {
        Peers =
        [
            new NetworkPolicyPeer { PodSelector = p % 5 == 0 ? LabelSelector.Everything : With("app", $"a{p * 7 % 97}") },
            new NetworkPolicyPeer { PodSelector = With("tier", $"t{p % 4}") },
        ],
        Ports = [new NetworkPolicyPort { Port = new PortNumberOrName(1000 + (p * 10), null), EndPort = 1000 + (p * 10) + (p % 17 * 9) }],
    };

    private static LabelSelector With(string key, string value) => new() { MatchLabels = [KeyValuePair.Create(key, value)] };
}
