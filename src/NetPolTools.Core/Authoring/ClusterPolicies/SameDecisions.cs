using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>
/// Whether policies decide the same whatever the cluster holds, by their structure: the same subjects in the same tier, and the same sequence of actions,
/// each for the same pairs of peer and port. Rules of one action in a row are one, since what any of them matches gets that action.
/// </summary>
internal static class SameDecisions
{
    /// <param name="policy">One policy.</param>
    /// <param name="parts">What takes its place, in the order in which it is asked.</param>
    public static bool Are(AdminPolicy policy, IReadOnlyList<AdminPolicy> parts)
    {
        var before = Translated(policy);
        TieredPolicy[] after = [.. parts.Select(Translated)];
        return after.Length > 0
            && Array.TrueForAll(after, part => part.Rank.Tier == before.Rank.Tier && TieredContent.Of(part.Subjects) == TieredContent.Of(before.Subjects))
            && Steps([before], PolicyDirection.Ingress).SequenceEqual(Steps(after, PolicyDirection.Ingress))
            && Steps([before], PolicyDirection.Egress).SequenceEqual(Steps(after, PolicyDirection.Egress));
    }

    private static TieredPolicy Translated(AdminPolicy policy) => AdminTranslator.Translate(policy, EngineLayout.Kubernetes);

    /// <summary>A text for each run of rules of one action.</summary>
    private static List<string> Steps(IEnumerable<TieredPolicy> policies, PolicyDirection direction)
    {
        var steps = new List<(RuleAction Action, SortedSet<string> Matches)>();
        foreach (var rule in policies.SelectMany(policy => policy.Rules(direction)?.Rules ?? []))
        {
            string[] matches =
            [
                .. from peer in rule.Peers
                   from port in rule.Ports is PortTerm.AnyOf any ? any.Parts.ToArray() : [rule.Ports]
                   where MatchesSomething(port)
                   select $"{TieredContent.Of(peer.Term)} on {TieredContent.Of(port)}",
            ];
            if (matches.Length == 0)
                continue;
            if (steps.Count == 0 || steps[^1].Action != rule.Action)
                steps.Add((rule.Action, new SortedSet<string>(StringComparer.Ordinal)));
            steps[^1].Matches.UnionWith(matches);
        }

        return [.. steps.Select(static step => $"{step.Action} {string.Join("; ", step.Matches)}")];
    }

    /// <summary>A range that ends before it begins matches nothing, nor does a protocol that is none.</summary>
    private static bool MatchesSomething(PortTerm port) =>
        port is PortTerm.Range range ? range.First <= range.Last : port is not PortTerm.AnyOf { Parts.Length: 0 };
}
