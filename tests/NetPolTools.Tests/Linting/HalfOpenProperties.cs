using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>A rule is half open where no pair of its ends meets, however many they are: the shortcuts pass over no pair.</summary>
public sealed class HalfOpenProperties
{
    private const int Pods = 12;

    /// <summary>Of the pairs that are asked first, one has to be denied at the other end.</summary>
    private const int AskedFirst = 64;

    private static readonly string[] Namespaces = ["a", "b", "c", "d"];

    /// <summary>Pods that are all different, and rules of few of them for many: some open at both ends, some at one.</summary>
    private static Gen<RandomCluster> Clusters =>
        from policies in Gen.CollectToArray(Enumerable.Range(0, 40), Policy)
        from closed in Gen.Elements(0, 3, 4, 4)
        select new RandomCluster([
            .. Namespaces.SelectMany(static ns => Enumerable.Range(0, Pods).Select(number => Pod(ns, number))),
            .. policies,
            .. Namespaces.Take(closed).Select(Closing),
        ]);

    private static Gen<LabelSelector> Selector => Gen.OneOf(
        Gen.Constant(LabelSelector.Everything),
        Gen.Choose(0, Pods - 1).Select(static number => new LabelSelector { MatchLabels = [KeyValuePair.Create("n", $"{number}")] }),
        Gen.Choose(2, Pods).Select(static count => new LabelSelector
        {
            MatchExpressions = [new LabelSelectorRequirement("n", LabelSelectorRequirement.In, [.. Enumerable.Range(0, count).Select(static n => $"{n}")])],
        }));

    private static Gen<NetworkPolicyRule> Rule =>
        from pods in Selector
        from everywhere in Gen.Elements(true, true, false)
        from port in Gen.Elements(80, 80, 81, 90, 91, 92, 93, 94)
        select new NetworkPolicyRule
        {
            Peers = [new NetworkPolicyPeer { PodSelector = pods, NamespaceSelector = everywhere ? LabelSelector.Everything : null }],
            Ports = [new NetworkPolicyPort { Port = new PortNumberOrName(port, null) }],
        };

    [Fact]
    public void Rules_are_half_open_where_no_pair_of_their_ends_meets()
    {
        var (few, many) = (0, 0);
        Always.Holds(Clusters, 60, cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            var context = new LintContext(cluster.Snapshot, LintCompleteness.None, () => map, static () => null);
            var expected = context.Peers().Where(peer => IsHalfOpen(context, peer)).ToArray();
            Assert.Equal(
                expected.Select(static peer => $"{peer.Rule.Policy.Reference} {peer.Path}"),
                new NP018HalfOpen().Check(context).Select(static finding => $"{finding.Object} {finding.FieldPath}"));
            few += expected.Count(peer => Pairs(context, peer).Count() is > AskedFirst and <= 512);
            many += expected.Count(peer => Pairs(context, peer).Count() > 512);
        });
        Assert.True(few > 0 && many > 0, $"Of rules that are half open {few} had some pairs, {many} had many.");
    }

    private static Pod Pod(string ns, int number) => new(new ObjectMetadata
    {
        Name = $"pod-{number}",
        Namespace = ns,
        Labels = LabelSet.Create([KeyValuePair.Create("n", $"{number}")]),
    });

    private static NetworkPolicy Closing(string ns) => new(new ObjectMetadata { Name = "closed", Namespace = ns })
    {
        PodSelector = LabelSelector.Everything,
        PolicyTypes = ["Ingress", "Egress"],
    };

    private static Gen<KubernetesObject> Policy(int number) =>
        from ns in Gen.Elements(Namespaces)
        from subjects in Selector
        from types in Gen.Elements<string[]>(["Ingress"], ["Egress"], ["Ingress", "Egress"])
        from ingress in RandomClusterGenerator.Several(0, 2, Rule)
        from egress in RandomClusterGenerator.Several(0, 2, Rule)
        select (KubernetesObject)new NetworkPolicy(new ObjectMetadata { Name = $"policy-{number}", Namespace = ns })
        {
            PodSelector = subjects,
            PolicyTypes = types,
            Ingress = ingress,
            Egress = egress,
        };

    private static bool IsHalfOpen(LintContext context, PeerSite peer) =>
        !Pairs(context, peer).Any(pair => Meets(context.Map, peer.Rule, pair))
        && Pairs(context, peer).Take(AskedFirst).Any(pair => IsDeniedThere(context.Map, peer.Rule, pair));

    private static IEnumerable<(int Subject, int Peer)> Pairs(LintContext context, PeerSite peer)
    {
        var (subjects, peers) = (Classes(context.Subjects(peer.Rule.Policy)), Classes(context.PeersOf(peer.Rule)[peer.Index].Certain));
        return subjects.SelectMany(subject => peers.Select(other => (subject, other)));

        int[] Classes(IndexSet pods)
        {
            var classes = new SortedSet<int>();
            foreach (var pod in pods.Slice(0, context.Endpoints.SelectableCount))
                classes.Add(context.Map.Classes.ClassOf(pod));
            return [.. classes];
        }
    }

    private static bool Meets(ReachabilityMap map, RuleSite rule, (int Subject, int Peer) pair)
    {
        var (source, destination) = rule.Direction == PolicyDirection.Ingress ? (pair.Peer, pair.Subject) : pair;
        return !IsItself(map, pair) && map.Between(source, destination).Overlaps(Ports(map, rule));
    }

    private static bool IsDeniedThere(ReachabilityMap map, RuleSite rule, (int Subject, int Peer) pair)
    {
        var (here, there) = rule.Direction == PolicyDirection.Ingress
            ? (map.IngressOf(pair.Subject), map.EgressOf(pair.Peer))
            : (map.EgressOf(pair.Subject), map.IngressOf(pair.Peer));
        return !IsItself(map, pair) && here?.PortsFor(pair.Peer).Overlaps(Ports(map, rule)) == true
            && there?.PortsFor(pair.Subject).Overlaps(Ports(map, rule)) == false;
    }

    private static PortSet Ports(ReachabilityMap map, RuleSite rule) => RulePorts.Numbers(rule.Rule, map.Traffic, new PortSetPool());

    private static bool IsItself(ReachabilityMap map, (int Subject, int Peer) pair) =>
        pair.Subject == pair.Peer && !map.Endpoints[pair.Subject].MayHaveReplicas;
}
