using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Where the parts of Cilium's policies stand.</summary>
/// <param name="Denying">Before all that allows, NetworkPolicies included.</param>
/// <param name="Allowing">Beside NetworkPolicies.</param>
/// <param name="Restricted">Behind them: what allows with restrictions above ports.</param>
/// <param name="DefaultDeny">Behind all tiers.</param>
internal sealed record CiliumRanks(PolicyRank Denying, PolicyRank Allowing, PolicyRank Restricted, PolicyRank DefaultDeny)
{
    public static CiliumRanks Of(EngineLayout layout)
    {
        var main = layout.NetworkPolicies;
        return new CiliumRanks(
            main with { Order = main.Order - 1 },
            main,
            main with { Order = main.Order + 1 },
            new PolicyRank(layout.DefaultDeny ?? EngineLayout.Cilium.DefaultDeny!, 0));
    }
}
