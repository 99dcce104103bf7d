using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Walks the tiers of one subject from the top, for all peers at once.</summary>
/// <param name="compiler">Looks port names up on the subject.</param>
/// <param name="subject">An endpoint, for its class.</param>
/// <param name="observer">Told of every decision; null for no one.</param>
internal sealed class StackFold(TieredPolicyCompiler compiler, int subject, ITierObserver? observer = null)
{
    /// <param name="start">Nothing decided.</param>
    /// <param name="policies">Those that select the subject, or may, in the order of a <see cref="PolicyStack"/>.</param>
    /// <param name="main">
    /// Where the NetworkPolicies stand that decide all that comes to them; null where none selects the subject, or where they are among the policies.
    /// </param>
    public PeerRegions Fold(PeerRegions start, IReadOnlyList<CompiledPolicy> policies, PolicyRank? main)
    {
        var regions = start;
        foreach (var (tier, ofTier) in Tiers(policies, main is { } rank ? [rank.Tier] : []))
        {
            regions = FoldTier(regions, ofTier);
            if (tier == main?.Tier)
                regions = regions.LeaveToMain();
            var deniesRest = DeniesRest(ofTier);
            if (deniesRest != false)
                observer?.EndTier(Denying(ofTier, isCertain: deniesRest == true), regions, isCertain: deniesRest == true);
            regions = regions.EndTier(deniesRest);
        }

        return regions.Finish();
    }

    /// <summary>
    /// The same for a subject of NetworkPolicies, whatever these grant: since they only allow, it is enough to know what becomes of the traffic that comes to
    /// them if they allow none of it, and if they allow all of it.
    /// </summary>
    /// <param name="start">Nothing decided.</param>
    /// <param name="policies">None of them stands beside NetworkPolicies, so that either may come first.</param>
    /// <param name="layout">Where NetworkPolicies stand, and where what they isolate from is denied.</param>
    public (PeerRegions Granting, PeerRegions NotGranting) FoldAround(PeerRegions start, IReadOnlyList<CompiledPolicy> policies, EngineLayout layout)
    {
        var (main, isolating) = (layout.NetworkPolicies, layout.DefaultDeny ?? layout.NetworkPolicies.Tier);
        var (granting, notGranting) = (start, start);
        foreach (var (tier, ofTier) in Tiers(policies, [main.Tier, isolating]))
        {
            if (tier == main.Tier)
            {
                notGranting = FoldTier(notGranting, [.. ofTier.Where(policy => policy.Policy.Rank.CompareTo(main) <= 0)]);
                granting = notGranting.LeaveToMain();
                notGranting = FoldTier(notGranting, [.. ofTier.Where(policy => policy.Policy.Rank.CompareTo(main) > 0)]);
            }
            else
            {
                notGranting = FoldTier(notGranting, ofTier);
                granting = tier.CompareTo(main.Tier) < 0 ? notGranting : FoldTier(granting, ofTier);
            }

            bool? denies = tier == isolating ? true : DeniesRest(ofTier);
            notGranting = notGranting.EndTier(denies);
            granting = granting.EndTier(denies);
        }

        return (granting.Finish(), notGranting.Finish());
    }

    private static IOrderedEnumerable<(PolicyTier Tier, CompiledPolicy[] Policies)> Tiers(IReadOnlyList<CompiledPolicy> policies, PolicyTier[] more)
    {
        var tiers = policies.GroupBy(static policy => policy.Policy.Rank.Tier).Select(static tier => (Tier: tier.Key, Policies: tier.ToArray())).ToList();
        foreach (var tier in more.Distinct())
        {
            if (!tiers.Exists(known => known.Tier == tier))
                tiers.Add((tier, []));
        }

        return tiers.OrderBy(static tier => tier.Tier);
    }

    /// <summary>Whether a tier denies what it does not match; null where that depends on a policy that may select the subject or not.</summary>
    private bool? DeniesRest(CompiledPolicy[] policies)
    {
        bool? denies = false;
        foreach (var policy in policies)
        {
            if (policy.Unmatched == Unmatched.Deny)
                denies |= policy.Subjects.Contains(subject);
        }

        return denies;
    }

    private CompiledPolicy[] Denying(CompiledPolicy[] policies, bool isCertain) =>
        Array.FindAll(policies, policy => policy.Unmatched == Unmatched.Deny && (!isCertain || policy.Subjects.Contains(subject) == true));

    private PeerRegions FoldTier(PeerRegions regions, CompiledPolicy[] policies)
    {
        // Strands have no order among each other, and policies of equal order may have none.
        var strands = policies.GroupBy(static policy => policy.Policy.Rank.Strand).Select(strand => FoldStrand(regions, [.. strand])).ToList();
        return strands.Count == 0 ? regions : strands.Aggregate(static (a, b) => a.Beside(b));
    }

    private PeerRegions FoldStrand(PeerRegions regions, CompiledPolicy[] policies)
    {
        var sorted = policies.OrderBy(static policy => policy.Policy.Rank.Order).ThenBy(static policy => policy.Policy.Rank.TieBreaker, StringComparer.Ordinal);
        foreach (var equals in sorted.GroupBy(static policy => policy.Policy.Rank.Order).Select(static equals => equals.ToArray()))
        {
            regions = IsOrdered(equals)
                ? equals.Aggregate(regions, FoldPolicy)
                : equals.Select(policy => FoldPolicy(regions, policy)).Aggregate(static (a, b) => a.Beside(b));
        }

        return regions;
    }

    /// <summary>Whether policies of one order in one strand have a sequence, or need none.</summary>
    public static bool IsOrdered(CompiledPolicy[] equals) =>
        equals.Length == 1
        || Array.TrueForAll(equals, static policy => policy.Policy.Rank.TieBreaker is not null)
        || (equals[0].OnlyAction is { } action && Array.TrueForAll(equals, policy => policy.OnlyAction == action));

    private PeerRegions FoldPolicy(PeerRegions regions, CompiledPolicy policy)
    {
        var isSelected = policy.Subjects.Contains(subject);
        foreach (var given in policy.Rules)
        {
            var rule = compiler.For(subject, given);
            var applies = isSelected & rule.Only.Contains(subject);
            if (applies == false)
                continue;
            if (!rule.SubjectNames.IsEmpty)
                regions = Apply(regions, policy, rule, applies, new RulePiece(rule.Peers, compiler.PortsOn(subject, rule)));
            foreach (var piece in rule.Pieces)
                regions = Apply(regions, policy, rule, applies, piece);
        }

        return regions;
    }

    private PeerRegions Apply(PeerRegions regions, CompiledPolicy policy, CompiledRule rule, bool? applies, RulePiece piece)
    {
        var peers = applies is null ? new EndpointMatch(IndexSet.Empty, piece.Peers.May) : piece.Peers;
        observer?.Match(policy, rule, regions, peers, piece.Ports);
        return regions.Apply(rule.Rule.Action, peers, piece.Ports);
    }
}
