using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;

namespace NetPolTools.Cni;

/// <summary>What a network plugin makes of the policies of an input.</summary>
/// <param name="NotEnforcedBecause">Why policies have no effect at all; null where they have.</param>
/// <param name="Limits">The places in policies that do not work as written.</param>
/// <param name="IPv6">Why traffic over IPv6 is under no policy, or not fully; null where it is.</param>
public sealed record PolicyEnforcement(string? NotEnforcedBecause, IReadOnlyList<LimitedUse> Limits, AppliedLimit? IPv6)
{
    /// <summary>Null where policies do what they say, as far as is known.</summary>
    public static PolicyEnforcement? Of(CniVerdict verdict, IReadOnlyList<NetworkPolicy> policies)
    {
        if (verdict.Enforced == Enforcement.No)
            return new PolicyEnforcement(verdict.Reason, [], null);
        if (verdict.Enforced == Enforcement.Unknown)
            return null;
        LimitedUse[] limits = [.. PolicyFeatures.Limited(policies, verdict)];
        var ipv6 = verdict.Supports(PolicyFeature.IPv6) == FeatureSupport.No
            ? verdict.Limits.First(static limit => limit is { Feature: PolicyFeature.IPv6, Support: FeatureSupport.No })
            : null;
        return limits.Length == 0 && ipv6 is null ? null : new PolicyEnforcement(null, limits, ipv6);
    }
}
