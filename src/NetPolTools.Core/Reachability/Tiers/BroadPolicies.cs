using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The policies of some classes parted in two: those that many other classes are under too, and a few of their own. With peers that no rule of their own
/// names, all that comes out is what comes out for everybody under the broad ones, so that it is worked out once.
/// </summary>
internal sealed class BroadPolicies
{
    /// <param name="all">The policies of the classes.</param>
    /// <param name="broad">Those that many classes are under.</param>
    public BroadPolicies(PoliciesOfClass all, PoliciesOfClass broad)
    {
        Policies = broad;
        Own = [.. all.All.Except(broad.All, ReferenceEqualityComparer.Instance).Cast<CompiledPolicy>()];
        Ends =
        [
            .. Own.Where(static policy => policy.Unmatched == Unmatched.Deny)
                .GroupBy(static policy => policy.Policy.Rank.Tier)
                .Where(tier => !broad.All.Any(policy => policy.Unmatched == Unmatched.Deny && policy.Subjects.IsExact && policy.Policy.Rank.Tier == tier.Key))
                .Select(static tier => tier.First() with { Rules = [] }),
        ];
    }

    public PoliciesOfClass Policies { get; }

    /// <summary>The others.</summary>
    public IReadOnlyList<CompiledPolicy> Own { get; }

    /// <summary>Of those one without its rules for each tier that denies, for them alone, what it does not match: that is so with every peer.</summary>
    public IReadOnlyList<CompiledPolicy> Ends { get; }

    /// <summary>Whether a class is certainly under all of its own policies, so that what comes out does not depend on which of them select it.</summary>
    public bool IsCertain(int ofClass) => Own.All(policy => policy.Subjects.Must.Contains(ofClass));

    /// <summary>The peers that rules of the class's own policies name, or may.</summary>
    /// <param name="atoms">What stands for peers.</param>
    public IndexSet Named(PeerAtoms atoms) => IndexSet.UnionOf([.. Own.SelectMany(atoms.PeersOf).Select(static peers => peers.May)]);
}
