using System.Runtime.CompilerServices;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The policies beside NetworkPolicies that select some classes of endpoints, or may. Thread safe.</summary>
internal sealed class PoliciesOfClass
{
    private readonly CompiledPolicy[] _policies;
    private readonly bool _haveUncertain;
    private readonly bool _haveLimited;
    private StrongBox<bool>? _leaveNoDoubt;
    private DeferredForm? _alone;
    private DeferredForm? _beside;

    /// <param name="policies">In the order of a <see cref="PolicyStack"/>.</param>
    /// <param name="parts">The same, those together that have the very same subjects.</param>
    /// <param name="layout">Where NetworkPolicies stand.</param>
    public PoliciesOfClass(CompiledPolicy[] policies, AdditivePart[] parts, EngineLayout layout)
    {
        _policies = policies;
        Parts = parts;
        SubjectNames = parts.Length == 1 ? parts[0].Names : NamesIn(policies);

        // What is denied by default is denied behind all that allows.
        OnlyAllow = layout.DefaultDeny is not null && Array.TrueForAll(parts, static part => part.IsAdditive);
        foreach (var policy in policies)
        {
            var stands = Stands(policy, layout);
            DenyByDefault |= policy.Unmatched == Unmatched.Deny;
            OnlyAllow &= policy.Unmatched == Unmatched.NextTier || policy.Policy.Rank.Tier == layout.DefaultDeny;
            GoByNode |= policy.GoesByNode;
            StandBeside |= stands == 0;
            StandBesideOrBehind |= stands >= 0 || PassesToLast(policy, layout);
            _haveUncertain |= !policy.Subjects.IsExact;
            _haveLimited |= policy.IsLimited;
        }
    }

    public IReadOnlyList<CompiledPolicy> All => _policies;

    public AdditivePart[] Parts { get; }

    /// <summary>Those of them that many other classes are under too; null where their coming out by themselves would help nobody.</summary>
    public BroadPolicies? Broad { get; set; }

    /// <summary>What they come to where that is the same for all these classes and no NetworkPolicy selects them; null until somebody found out.</summary>
    public ref DeferredForm? Alone => ref _alone;

    /// <summary>The same where NetworkPolicies select them.</summary>
    public ref DeferredForm? BesideNetworkPolicies => ref _beside;

    /// <summary>Whether they only allow, so that their order means nothing.</summary>
    public bool OnlyAllow { get; }

    /// <summary>Whether some of them denies what none allows.</summary>
    public bool DenyByDefault { get; }

    /// <summary>Whether they mean something else for pods on other nodes.</summary>
    public bool GoByNode { get; }

    /// <summary>The port names that are looked up on the subject, each once.</summary>
    public (string Name, Protocol Protocol)[] SubjectNames { get; }

    /// <summary>Those that select some endpoints perhaps.</summary>
    public IReadOnlyList<CompiledPolicy> Uncertain =>
        _haveUncertain ? field ??= Array.FindAll(_policies, static policy => !policy.Subjects.IsExact) : [];

    /// <summary>The rules that are about some subjects of their policy alone.</summary>
    public IReadOnlyList<CompiledRule> Limited => _haveLimited
        ? field ??= [.. _policies.SelectMany(static policy => policy.Rules).Where(static rule => rule.Rule.Only is not null)]
        : [];

    /// <summary>Whether all that they name is known, and the order in which they are asked, so that nothing of what comes out can be undetermined.</summary>
    public bool LeaveNoDoubt => (_leaveNoDoubt ??= new StrongBox<bool>(
        Array.TrueForAll(_policies, static policy => policy.LeavesNoDoubt) && AreInOrder(_policies))).Value;

    /// <summary>Whether some stand beside NetworkPolicies, so that each may act before the other.</summary>
    public bool StandBeside { get; }

    /// <summary>Whether some stand beside NetworkPolicies, or are asked for what these leave before that is denied.</summary>
    public bool StandBesideOrBehind { get; }

    /// <summary>Whether every one of them certainly selects a class.</summary>
    public bool SelectForSure(int ofClass)
    {
        foreach (var part in Parts)
        {
            if (!part.Subjects.Contains(ofClass))
                return false;
        }

        return true;
    }

    /// <summary>The port names of ingress rules, each once.</summary>
    public static (string Name, Protocol Protocol)[] NamesIn(CompiledPolicy[] policies) =>
        Array.TrueForAll(policies, static policy => policy.Rules.All(static rule => rule.SubjectNames.IsEmpty))
            ? []
            : [.. policies.SelectMany(static policy => policy.Rules).SelectMany(static rule => rule.SubjectNames).Distinct()];

    /// <summary>Whether no two of them stand side by side.</summary>
    private static bool AreInOrder(CompiledPolicy[] policies)
    {
        // They come by tier, strand and order.
        var start = 0;
        for (var i = 1; i <= policies.Length; i++)
        {
            var isSameTier = i < policies.Length && policies[i].Policy.Rank.Tier == policies[i - 1].Policy.Rank.Tier;
            if (isSameTier && policies[i].Policy.Rank.Strand != policies[i - 1].Policy.Rank.Strand)
                return false;
            if (isSameTier && policies[i].Policy.Rank.Order.Equals(policies[i - 1].Policy.Rank.Order))
                continue;
            if (!StackFold.IsOrdered(policies[start..i]))
                return false;
            start = i;
        }

        return true;
    }

    /// <summary>What is passed in the tier of the NetworkPolicies comes to the last tier too.</summary>
    private static bool PassesToLast(CompiledPolicy policy, EngineLayout layout) =>
        layout.DefaultDeny is not null && policy.Policy.Rank.Tier == layout.NetworkPolicies.Tier
            && policy.Rules.Any(static rule => rule.Rule.Action == RuleAction.Pass);

    /// <summary>Negative before NetworkPolicies or where it does not matter, zero beside them, positive behind.</summary>
    private static int Stands(CompiledPolicy policy, EngineLayout layout)
    {
        var (rank, main) = (policy.Policy.Rank, layout.NetworkPolicies);
        if (rank.Tier == main.Tier)
        {
            // Names decide between each NetworkPolicy by itself and a policy of their order.
            if (rank.Strand != main.Strand || rank.Order == main.Order)
                return policy.OnlyAllows ? -1 : 0;
            return rank.Order.CompareTo(main.Order);
        }

        var isBetween = layout.DefaultDeny is { } last && rank.Tier.CompareTo(main.Tier) > 0 && rank.Tier != last;
        return isBetween ? 1 : -1;
    }
}
