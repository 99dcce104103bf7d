using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Linting.Rules;

internal sealed class NP023SamePriority() : LintRule("NP023", "same-priority", LintSeverity.Error, LintNeeds.Reachability)
{
    public override string Description => "Finds policies of administrators with one priority that disagree about the same traffic.";

    public override string Why =>
        "The API does not say which of two policies of one tier and priority is asked first, so whether the traffic is allowed is up to the network plugin, "
        + "and may be another thing tomorrow. Policies for different pods, peers or ports may well share a priority.";

    public override string Trouble => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: allow}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}
          ingress: [{action: Accept, from: [{namespaces: {}}]}]
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: deny}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {}}
          ingress: [{action: Deny, from: [{namespaces: {}}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: allow}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}
          ingress: [{action: Accept, from: [{namespaces: {}}]}]
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: deny}
        spec:
          tier: Admin
          priority: 20
          subject: {namespaces: {}}
          ingress: [{action: Deny, from: [{namespaces: {}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var map = context.WithPodsToCome;
        if (!map.Stack.Policies.Any(static policy => MayTie(policy.Rank)))
            yield break;
        var told = new HashSet<(ObjectReference, ObjectReference)>();
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            foreach (var (_, seen) in map.Walk(direction, static subject => new TierMatches(subject)))
            {
                foreach (var (first, second) in Disagreeing(seen.All))
                {
                    var (one, other) = (first.Policy.Policy.Origin.Object, second.Policy.Policy.Origin.Object);
                    if (told.Add((one.Reference, other.Reference)))
                        yield return Judge(one, other, first.Rule.Rule, second);
                }
            }
        }
    }

    private LintFinding Judge(KubernetesObject one, KubernetesObject other, TrafficRule first, TierMatch second)
    {
        var rule = second.Rule.Rule;
        return Find(other,
            $"{other.Reference} {PolicyText.Verb(rule.Action)} what {one.Reference} {first.Origin.Path} {PolicyText.Verb(first.Action)}, and both have priority "
                + $"{second.Policy.Policy.Rank.Order}: nothing says which comes first.",
            rule.Origin.Path,
            rule.Origin.Location) with
        {
            Related = [new LintPlace(one.Reference, first.Origin.Path, first.Origin.Location)],
            Corrections = [new LintCorrection("Give one of them another priority.")],
        };
    }

    private static bool MayTie(PolicyRank rank) => rank.TieBreaker is null;

    private static IEnumerable<(TierMatch First, TierMatch Second)> Disagreeing(IReadOnlyList<TierMatch> matches)
    {
        foreach (var equals in matches.Where(static match => MayTie(match.Policy.Policy.Rank) && match.Open.Count > 0)
            .GroupBy(static match => (match.Policy.Policy.Rank.Tier, match.Policy.Policy.Rank.Strand, match.Policy.Policy.Rank.Order))
            .Select(static group => group.ToArray()))
        {
            for (var i = 0; i < equals.Length; i++)
            {
                for (var j = i + 1; j < equals.Length; j++)
                {
                    if (!ReferenceEquals(equals[i].Policy.Policy.Origin.Object, equals[j].Policy.Policy.Origin.Object)
                        && equals[i].Rule.Rule.Action != equals[j].Rule.Rule.Action && Meet(equals[i], equals[j]))
                    {
                        yield return (equals[i], equals[j]);
                    }
                }
            }
        }
    }

    private static bool Meet(TierMatch a, TierMatch b) => a.Open.Any(one => b.Open.Any(other =>
        one.Peers.Overlaps(other.Peers) && !one.Ports.Intersect(other.Ports).IsEmpty));
}
