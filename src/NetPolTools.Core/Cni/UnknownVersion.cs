using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>
/// What depends on the version of Calico where the input does not show it: policies of one tier and order were asked in another sequence up to 3.31, by the
/// names that they were stored under.
/// </summary>
internal static class UnknownVersion
{
    /// <summary>A warning where the answer may be another one on an older version; none where both come to the same.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="newer">The order that the answer goes by.</param>
    /// <param name="older">The other one.</param>
    /// <param name="version">The first version with the newer order.</param>
    public static IEnumerable<Diagnostic> Of(ClusterSnapshot snapshot, EngineLayout newer, EngineLayout older, string version)
    {
        var translated = PolicyStack.Of(snapshot, newer).Policies;

        // Policies that only allow may be asked in any sequence.
        var deciding = translated.Where(static policy => !OnlyAllows(policy)).Select(static policy => (policy.Rank.Tier, policy.Rank.Order)).ToHashSet();
        var doNetworkPoliciesCount = deciding.Contains((newer.NetworkPolicies.Tier, newer.NetworkPolicies.Order));
        IEnumerable<NetworkPolicy> networkPolicies = doNetworkPoliciesCount ? snapshot.NetworkPolicies : [];
        var equals = translated.Select(static policy => (policy.Rank, Policy: policy.Origin.Reference))
            .Concat(networkPolicies.Select(policy => (Rank: newer.RankOf(policy), Policy: policy.Reference)))
            .Where(policy => deciding.Contains((policy.Rank.Tier, policy.Rank.Order)))
            .GroupBy(static policy => (policy.Rank.Tier, policy.Rank.Order))
            .Where(static same => same.Count() > 1)
            .ToArray();
        if (equals.Length == 0)
            yield break;
        var before = PolicyStack.Of(snapshot, older).Policies.Select(static policy => (policy.Origin.Reference, policy.Rank.TieBreaker))
            .Concat(networkPolicies.Select(policy => (policy.Reference, older.RankOf(policy).TieBreaker)))
            .DistinctBy(static policy => policy.Reference)
            .ToDictionary(static policy => policy.Reference, static policy => policy.TieBreaker);
        foreach (var same in equals)
        {
            var sequence = same.OrderBy(static policy => policy.Rank.TieBreaker, StringComparer.Ordinal).Select(static policy => policy.Policy).ToArray();
            var earlier = sequence.OrderBy(policy => before[policy], StringComparer.Ordinal).ToArray();
            var at = Enumerable.Range(0, sequence.Length).FirstOrDefault(i => sequence[i] != earlier[i], -1);
            if (at < 0)
                continue;
            var (first, other) = (sequence[at], earlier[at]);
            yield return new Diagnostic(
                DiagnosticId.CniUnknown,
                DiagnosticSeverity.Warning,
                $"{first} and {other} have the same order in the {same.Key.Tier.Name}, and the input does not show the version of Calico: the answer "
                    + $"asks {first} first, as Calico does since {version}; before, it asked {other} first. Name the version with --cni or -Cni, as in "
                    + "calico@3.31.");
            yield break;
        }
    }

    private static bool OnlyAllows(TieredPolicy policy) => Array.TrueForAll(
        Enum.GetValues<PolicyDirection>(),
        direction => policy.Rules(direction) is not { } list || list.Rules.All(static rule => rule.Action == RuleAction.Allow));
}
