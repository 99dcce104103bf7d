using NetPolTools.Difference;
using NetPolTools.Linting;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>What is called of no use can go: no answer changes, not even about pods that are not there yet.</summary>
public sealed class RedundancyProperties
{
    private static readonly string?[] Values = [null, "a", "b", "", "new"];

    [Fact]
    public void What_is_called_redundant_can_go_without_any_change() => Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
    {
        var before = WithPodsToCome(cluster.Snapshot);
        var after = WithPodsToCome(Without(cluster.Snapshot, Found(cluster.Snapshot)));
        AssertSame(before, after);
    });

    /// <summary>Policies by chance are seldom of no use, so here are some that are, among those that are not.</summary>
    [Fact]
    public void Copies_and_parts_of_policies_can_go() => Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
    {
        var snapshot = cluster.Snapshot.With(cluster.Snapshot.NetworkPolicies.SelectMany(Parts));
        var found = Found(snapshot);
        Assert.True(cluster.Snapshot.NetworkPolicies.Where(IsPlain).Count() <= found.Count, "Not all copies were found.");
        AssertSame(WithPodsToCome(snapshot), WithPodsToCome(Without(snapshot, found)));
    });

    /// <summary>A namespace of few policies is passed over where none of them looks as if it could go; one of many is not.</summary>
    [Fact]
    public void Nothing_that_could_go_is_passed_over() => Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
    {
        foreach (var snapshot in new[] { cluster.Snapshot, cluster.Snapshot.With(cluster.Snapshot.NetworkPolicies.SelectMany(Parts).Where(IsPart)) })
        {
            var crowded = Found(snapshot.With(snapshot.Namespaces.SelectMany(Crowd)))
                .Where(static finding => !finding.Object!.Name.StartsWith("crowd-", StringComparison.Ordinal));
            Assert.Equal(Found(snapshot).Select(static finding => finding.ToString()), crowded.Select(static finding => finding.ToString()));
        }
    });

    private static bool IsPart(NetworkPolicy policy) => policy.Name.EndsWith("-part", StringComparison.Ordinal);

    /// <summary>Policies that have nothing to do with others.</summary>
    private static IEnumerable<NetworkPolicy> Crowd(Namespace ns) => Enumerable.Range(0, 20).Select(number =>
    {
        var pods = new LabelSelector { MatchLabels = [KeyValuePair.Create("crowd", $"{number}")] };
        return new NetworkPolicy(new ObjectMetadata { Name = $"crowd-{number}", Namespace = ns.Name })
        {
            PodSelector = pods,
            Ingress = [new NetworkPolicyRule { Peers = [new NetworkPolicyPeer { PodSelector = pods }] }],
        };
    });

    /// <summary>The same policy once more, and one for fewer pods with fewer rules.</summary>
    private static IEnumerable<NetworkPolicy> Parts(NetworkPolicy policy)
    {
        yield return policy with { Metadata = policy.Metadata with { Name = policy.Name + "-copy" } };
        yield return policy with
        {
            Metadata = policy.Metadata with { Name = policy.Name + "-part" },
            PodSelector = policy.PodSelector with
            {
                MatchExpressions = [.. policy.PodSelector.MatchExpressions, new LabelSelectorRequirement("tier", LabelSelectorRequirement.Exists, [])],
            },
            Ingress = policy.Ingress?.Take(1).ToArray(),
        };
    }

    /// <summary>Of a policy that no labels can match the rule says nothing.</summary>
    private static bool IsPlain(NetworkPolicy policy) => SelectorAlgebra.Contradiction(policy.PodSelector) is null;

    private static IReadOnlyList<LintFinding> Found(ClusterSnapshot snapshot) =>
        [.. Lint.Find("NP020", snapshot), .. Lint.Find("NP021", snapshot)];

    private static ClusterSnapshot Without(ClusterSnapshot snapshot, IReadOnlyList<LintFinding> found)
    {
        var policies = found.Where(static finding => finding.FieldPath is null).Select(static finding => finding.Object).ToHashSet();
        var rules = found.Where(static finding => finding.FieldPath is not null).Select(static finding => (finding.Object, finding.FieldPath)).ToHashSet();
        return snapshot.Changed(item => item is not NetworkPolicy policy ? item : policies.Contains(policy.Reference) ? null : policy with
        {
            Ingress = Kept(policy, policy.Ingress, "ingress"),
            Egress = Kept(policy, policy.Egress, "egress"),
        });

        NetworkPolicyRule[]? Kept(NetworkPolicy policy, IReadOnlyList<NetworkPolicyRule>? all, string field) =>
            all?.Where((_, i) => !rules.Contains((policy.Reference, $"spec.{field}[{i}]"))).ToArray();
    }

    /// <summary>A pod in each namespace for each way to have labels that selectors ask for.</summary>
    private static ClusterSnapshot WithPodsToCome(ClusterSnapshot snapshot) => snapshot.With(snapshot.Namespaces.SelectMany(ns =>
        LabelsToCome().Select((labels, number) => new Pod(new ObjectMetadata { Name = $"to-come-{number}", Namespace = ns.Name, Labels = labels }))));

    private static IEnumerable<LabelSet> LabelsToCome() =>
        from app in Values
        from tier in Values
        select LabelSet.Create(new[] { ("app", app), ("tier", tier) }.Where(static label => label.Item2 is not null)
            .Select(static label => KeyValuePair.Create(label.Item1, label.Item2!)));

    private static void AssertSame(ClusterSnapshot before, ClusterSnapshot after)
    {
        var (one, other) = (new DifferenceSide(before, ReachabilityMap.Compile(before)), new DifferenceSide(after, ReachabilityMap.Compile(after)));
        Assert.Empty(new ReachabilityDifference(one, other, new ConnectionQuery { By = GroupBy.Pod }).List().Select(static change => change.ToString()));
    }
}
