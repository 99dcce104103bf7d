using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Linting;

/// <summary>What rules share is kept by numbers, one by one: it is what a plain look says.</summary>
public sealed class LintContextProperties
{
    [Fact]
    public void Peers_and_what_they_and_policies_stand_for_are_those_of_each_rule()
    {
        var several = 0;
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster =>
        {
            var context = Context(cluster);
            var rules = context.Rules();
            PeerSite[] expected = [.. rules.SelectMany(static rule => rule.Peers())];
            Assert.Equal(expected, context.Peers().ToArray());
            var looped = new List<PeerSite>();
            foreach (var site in context.Peers())
                looped.Add(site);
            Assert.Equal(expected, looped);

            // The second time it is what was kept.
            for (var time = 0; time < 2; time++)
            {
                for (var r = 0; r < rules.Count; r++)
                {
                    var sets = context.PeersOf(rules[r]);
                    for (var i = 0; i < rules[r].Rule.Peers?.Count; i++)
                    {
                        Assert.Equal(sets[i], context.PeerOf(rules[r].Peer(i)));
                        Assert.Same(sets[i].Certain, context.CertainPeers.Of(r, i));
                        several += i;
                    }
                }

                foreach (var policy in context.Policies)
                {
                    Assert.Equal(
                        context.Map.Peers.Pods(context.Endpoints.NumberOfNamespace(policy.Namespace), policy.PodSelector), context.Subjects(policy));
                }
            }

            Assert.Equal(
                context.Policies.GroupBy(static policy => policy.Namespace).Select(static group => group.ToArray()), context.ByNamespace);
        });
        Assert.True(several > 0, "No rule had several peers.");
    }

    [Fact]
    public void Workloads_have_their_pods_and_stand_where_they_or_the_first_of_these_do()
    {
        var (ofPods, ofWorkloads) = (0, 0);
        Always.Holds(RandomClusterGenerator.Clusters, 100, cluster =>
        {
            var located = new RandomCluster([.. cluster.Objects.Select(static (found, number) => found with
            {
                Location = new SourceLocation("cluster.yaml", number + 1, 1),
            })]);
            var context = Context(located);
            var locations = new Dictionary<string, SourceLocation>();
            foreach (var found in context.Snapshot.Workloads.AsEnumerable<KubernetesObject>().Concat(context.Snapshot.Pods))
                locations[found.Reference.ToString()] = found.Location;
            var next = 0;
            foreach (var workload in context.Workloads)
            {
                Assert.Equal(next, workload.First);
                Assert.True(workload.Count > 0);
                for (var pod = workload.First; pod < workload.First + workload.Count; pod++)
                    Assert.Equal(workload.Owner, context.Endpoints[pod].Owner);
                var isKnown = locations.TryGetValue(workload.Owner.ToString(), out var expected);
                if (!isKnown)
                    locations.TryGetValue(context.Endpoints[next].Reference.ToString(), out expected);
                Assert.Equal(expected, workload.Location);
                ofWorkloads += isKnown && workload.Owner.Kind != Pod.KindName ? 1 : 0;
                ofPods += isKnown && workload.Owner.Kind != Pod.KindName ? 0 : 1;
                next += workload.Count;
            }

            Assert.Equal(context.Endpoints.SelectableCount, next);
        });
        Assert.True(ofPods > 0 && ofWorkloads > 0, $"{ofPods} stood where a pod does, {ofWorkloads} where they do.");
    }

    [Theory]
    [InlineData("web")]
    [InlineData("")]
    public void A_reference_in_a_sentence_is_its_text(string name)
    {
        foreach (var reference in new[]
        {
            new ObjectReference("Namespace", null, name),
            new ObjectReference("Pod", "shop", name),
            new ObjectReference("NetworkPolicy", new string('n', 63), name.Length == 0 ? "" : new string('p', 253)),
        })
        {
            Assert.Equal("<" + reference.ToString() + ">", $"<{reference}>");
            Assert.Equal(reference.ToString(), string.Format(null, "{0}", reference));
        }
    }

    private static LintContext Context(RandomCluster cluster)
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot);
        return new LintContext(cluster.Snapshot, LintCompleteness.None, () => map, static () => null);
    }
}
