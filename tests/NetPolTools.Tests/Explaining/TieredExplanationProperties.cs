using System.Collections.Immutable;
using NetPolTools.Explaining;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Explaining;

/// <summary>Explanations under policies of every kind say what the map says, and name what really decides.</summary>
public sealed class TieredExplanationProperties
{
    [Fact]
    public void An_explanation_allows_and_leaves_open_what_the_map_does() =>
        Always.Holds(RandomTierGenerator.Clusters, 40, static cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            var explainer = new Explainer(map);
            foreach (var (source, destination) in Pairs(map))
            {
                var explanation = explainer.Explain(source, destination, PortSet.All);
                Check(map, map.EgressOf(source), (map.AtMost ?? map).EgressOf(source), destination, explanation.Egress);
                Check(map, map.IngressOf(destination), (map.AtMost ?? map).IngressOf(destination), source, explanation.Ingress);
            }
        });

    [Theory]
    [InlineData(PolicyDirection.Egress)]
    [InlineData(PolicyDirection.Ingress)]
    public void The_rule_named_is_the_one_without_whose_action_the_answer_would_differ(PolicyDirection direction) =>
        Always.Holds(RandomTierGenerator.Clusters, 25, cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            var explainer = new Explainer(map);
            foreach (var (source, destination) in Pairs(map)
                .Where(pair => (direction == PolicyDirection.Egress ? pair.Source : pair.Destination) < map.Endpoints.SelectableCount).Take(20))
            {
                var both = explainer.Explain(source, destination, PortSet.All);
                var (explanation, subject, peer) = direction == PolicyDirection.Egress
                    ? (both.Egress, source, destination)
                    : (both.Ingress, destination, source);
                var steps = explanation.Tiers.Where(step => step.Rule is not null && step.Decision != RuleAction.Pass && step.DependsOn.Count == 0
                    && step.Policy.Name.StartsWith("MadePolicy made-", StringComparison.Ordinal)).ToArray();
                foreach (var step in steps)
                {
                    // Ports on which another rule of the same order acts too, or a rule before this one may, say nothing about this one.
                    var ports = step.Ports.Except(explanation.Undetermined);
                    if (explanation.Tiers.Any(other =>
                        other != step && (steps.Contains(other) || other.DependsOn.Count > 0) && !other.Ports.Intersect(ports).IsEmpty))
                    {
                        continue;
                    }

                    var turned = ReachabilityMap.Compile(Turned(cluster, step, direction).Snapshot);
                    var ruleSet = direction == PolicyDirection.Egress ? turned.EgressOf(subject) : turned.IngressOf(subject);
                    var after = ruleSet?.PortsFor(turned.Classes.ClassOf(peer)) ?? PortSet.All;
                    Assert.Equal(step.Decision == RuleAction.Deny ? ports : PortSet.None, after.Intersect(ports));
                }
            }
        });

    private static void Check(ReachabilityMap map, RuleSet? ruleSet, RuleSet? atMost, int peer, DirectionExplanation explanation)
    {
        var allowed = ruleSet?.PortsFor(map.Classes.ClassOf(peer)) ?? PortSet.All;
        Assert.Equal(allowed, explanation.Ports);

        // Whether a policy selects a node of which little is known is one question for a map and one for each rule in an explanation.
        Assert.True(explanation.Undetermined.Covers((atMost?.PortsFor(map.Classes.ClassOf(peer)) ?? PortSet.All).Except(allowed)));
    }

    private static IEnumerable<(int Source, int Destination)> Pairs(ReachabilityMap map) =>
        from source in Enumerable.Range(0, map.Endpoints.SelectableCount)
        from destination in Enumerable.Range(0, map.Endpoints.UnknownPod)
        select (source, destination);

    /// <summary>The same cluster with one rule that allows what it denied, or denies what it allowed.</summary>
    private static RandomCluster Turned(RandomCluster cluster, TierStep step, PolicyDirection direction)
    {
        var index = int.Parse(step.Rule!.Path[$"spec.{direction}[".Length..^1]);
        return new RandomCluster(cluster.Objects.Select(found => found is MadePolicy made && step.Policy.Name == made.Translation.Origin.Reference.ToString()
            ? new MadePolicy(direction == PolicyDirection.Egress
                ? made.Translation with { Egress = Turned(made.Translation.Egress!, index) }
                : made.Translation with { Ingress = Turned(made.Translation.Ingress!, index) })
            : found));
    }

    private static RuleList Turned(RuleList list, int index)
    {
        var rule = list.Rules[index];
        ImmutableArray<TrafficRule> rules =
            list.Rules.SetItem(index, rule with { Action = rule.Action == RuleAction.Deny ? RuleAction.Allow : RuleAction.Deny });
        return list with { Rules = rules };
    }
}
