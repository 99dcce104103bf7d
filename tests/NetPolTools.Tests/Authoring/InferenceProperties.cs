using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Authoring;

/// <summary>Policies made from what policies allow must allow the same: a round trip, judged by the oracle.</summary>
public sealed class InferenceProperties
{
    [Theory]
    [InlineData(GroupBy.Workload)]
    [InlineData(GroupBy.Pod)]
    public void Policies_made_from_connections_allow_just_these_connections(GroupBy by) =>
        Always.Holds(Told, 100, cluster => AssertSame(cluster, by, DenyDirection.Both, expectAll: true));

    [Theory]
    [InlineData(GroupBy.Workload)]
    [InlineData(GroupBy.Pod)]
    public void Where_pods_share_labels_policies_allow_nothing_beyond_and_what_they_cannot_is_told(GroupBy by) =>
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster => AssertSame(cluster, by, DenyDirection.Both, expectAll: false));

    [Theory]
    [InlineData(DenyDirection.Ingress)]
    [InlineData(DenyDirection.Egress)]
    public void Of_one_direction_policies_close_just_that(DenyDirection direction) =>
        Always.Holds(Told, 100, cluster =>
        {
            var made = AssertSame(cluster, GroupBy.Workload, direction, expectAll: true);
            Assert.All(made.Policies, policy => Assert.Equal([direction.ToString()], policy.PolicyTypes));
        });

    [Fact]
    public void Of_one_namespace_policies_decide_just_about_traffic_of_its_pods() =>
        Always.Holds(Told, 100, cluster =>
        {
            var made = AssertSame(cluster, GroupBy.Workload, DenyDirection.Both, expectAll: true, "alpha");
            Assert.All(made.Policies, static policy => Assert.Equal("alpha", policy.Metadata.Namespace));
        });

    [Fact]
    public void The_api_server_takes_every_policy_made_and_their_names_are_distinct() =>
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster =>
        {
            var made = Infer(cluster, GroupBy.Workload, DenyDirection.Both);
            Assert.All(made.Policies, policy => Assert.Empty(NetworkPolicyRules.Check(policy)));
            Assert.Distinct(made.Policies.Select(static policy => (policy.Metadata.Namespace, policy.Name)));
        });

    [Fact]
    public void The_same_connections_give_the_same_policies_whatever_their_order() =>
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster =>
        {
            var (directory, traffic) = Asked(cluster, GroupBy.Workload);
            var forth = PolicyInference.Infer(directory, traffic).Policies.Select(Show);
            var back = PolicyInference.Infer(directory, [.. traffic.AsEnumerable().Reverse()]).Policies.Select(Show);
            Assert.Equal(forth, back);
        });

    [Fact]
    public void What_ip_blocks_open_between_pods_inside_them_is_told() =>
        Always.Holds(Told, 100, cluster =>
        {
            var made = Infer(cluster, GroupBy.Pod, DenyDirection.Both);
            var asked = new Oracle.Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
            var allowed = new Oracle.Oracle(Under(cluster, made.Policies).Snapshot, ipBlockMatchesPods: true);
            var samples = Samples.Of(cluster.Snapshot);
            var opens = Pairs(cluster).Any(pair => samples.Ports.Any(port =>
                allowed.Ask(pair.Source, pair.Destination).PoliciesAllow(port.Protocol, port.Number)
                && !asked.Ask(pair.Source, pair.Destination).PoliciesAllow(port.Protocol, port.Number)));
            Assert.Equal(opens, made.Diagnostics.Any(static d => d.Id == DiagnosticId.NotAsAsked));
        });

    /// <summary>Clusters in which every pod has a label that tells its workload.</summary>
    private static Arbitrary<RandomCluster> Told { get; } = Arb.From(
        RandomClusterGenerator.Clusters.Generator.Select(Name), static cluster => RandomClusterGenerator.Clusters.Shrinker(cluster));

    private static RandomCluster Name(RandomCluster cluster) => new(cluster.Objects.Select(static made => made switch
    {
        Pod pod => pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("name", pod.Name) } },
        Workload workload => workload with { TemplateLabels = workload.TemplateLabels.With("name", workload.Name) },
        _ => made,
    }));

    private static InferredPolicies AssertSame(RandomCluster cluster, GroupBy by, DenyDirection direction, bool expectAll, string? only = null)
    {
        var made = Infer(cluster, by, direction, only);
        var under = Under(cluster, made.Policies);
        var asked = new Oracle.Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
        var allowed = new Oracle.Oracle(under.Snapshot, ipBlockMatchesPods: false);
        var samples = Samples.Of(under.Snapshot);
        var isTold = made.Diagnostics.Any(d => d.Id == DiagnosticId.Unselectable && !d.Message.Contains("hostNetwork", StringComparison.Ordinal));
        Assert.False(expectAll && isTold);
        Assert.DoesNotContain(made.Diagnostics, static d => d.Id == DiagnosticId.NotAsAsked && d.Severity == DiagnosticSeverity.Error);

        var withAddresses = from pod in OracleEndpoint.InCluster(cluster.Snapshot)
                            where pod.IsSelectable
                            from address in samples.Addresses
                            let outside = OracleEndpoint.Outside(address)
                            from pair in new[] { (pod, outside), (outside, pod) }
                            select pair;
        foreach (var (source, destination) in Pairs(cluster).Concat(withAddresses))
        {
            // A listing by pod has no line from a template to itself.
            if (by == GroupBy.Pod && source == destination)
                continue;

            // In the other direction, and of other namespaces, everything stays as it is.
            if (!(direction != DenyDirection.Ingress && IsIn(source)) && !(direction != DenyDirection.Egress && IsIn(destination)))
                continue;
            var (before, after) = (asked.Ask(source, destination), allowed.Ask(source, destination));
            foreach (var (protocol, number) in samples.Ports)
            {
                var (was, isNow) = (before.Allows(protocol, number), after.Allows(protocol, number));
                if (was != isNow && (isNow || !isTold))
                    Assert.Fail($"{source} -> {destination} {protocol} {number}: asked {was}, allowed {isNow} by{string.Concat(made.Policies.Select(Show))}");
            }
        }

        return made;

        bool IsIn(OracleEndpoint end) => end.IsSelectable && (only is null || end.Namespace == only);
    }

    private static InferredPolicies Infer(RandomCluster cluster, GroupBy by, DenyDirection direction, string? only = null)
    {
        var (directory, traffic) = Asked(cluster, by);
        var closed = cluster.Snapshot.Namespaces.Select(static ns => ns.Name).Where(name => only is null || name == only).ToArray();
        return PolicyInference.Infer(directory, traffic, new InferenceOptions { Namespaces = closed, Direction = direction });
    }

    private static (EndDirectory Directory, List<Traffic> Traffic) Asked(RandomCluster cluster, GroupBy by)
    {
        var directory = new EndDirectory(cluster.Snapshot);
        var lines = new ConnectionLister(ReachabilityMap.Compile(cluster.Snapshot), new ConnectionQuery { By = by }).List();

        // A workload of which one pod uses hostNetwork has a line of all ports with the node's other pods, which no rule is needed for.
        var needed = lines.Where(static line => !line.Notes.Any(static note => note.StartsWith("only from a node", StringComparison.Ordinal)));
        return (directory, [.. needed.Select(line => new Traffic(directory.Find(line.Source)!, directory.Find(line.Destination)!, line.Ports))]);
    }

    private static RandomCluster Under(RandomCluster cluster, IReadOnlyList<NetworkPolicy> policies) =>
        new([.. cluster.Objects.Where(static made => made is not NetworkPolicy), .. policies]);

    /// <summary>Pods that policies can select; a template and itself are two replicas, a pod and itself need no rule.</summary>
    private static List<(OracleEndpoint Source, OracleEndpoint Destination)> Pairs(RandomCluster cluster)
    {
        var pods = OracleEndpoint.InCluster(cluster.Snapshot).Where(static pod => pod.IsSelectable).ToList();
        return [.. from source in pods from destination in pods where source != destination
            || !source.Name.EndsWith("[Pod]", StringComparison.Ordinal) select (source, destination)];
    }

    private static string Show(NetworkPolicy policy) => "\n" + new RandomCluster([policy]);
}
