using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Asking;

/// <summary>What a cluster's network plugin makes of its policies.</summary>
/// <param name="Verdict">On the plugin.</param>
/// <param name="Limited">The places in policies that do not work as written.</param>
/// <param name="PolicyCount">How many policies were looked at.</param>
public sealed record CniFindings(CniVerdict Verdict, IReadOnlyList<LimitedUse> Limited, int PolicyCount)
{
    /// <summary>Whether policies are enforced on all nodes, and some features with them. One that works in part counts.</summary>
    public Truth Enforces(IReadOnlyCollection<PolicyFeature> features)
    {
        FeatureSupport[] support = [.. features.Select(Verdict.Supports)];
        if (Verdict.Enforced is Enforcement.No or Enforcement.Partly || support.Contains(FeatureSupport.No))
            return Truth.No;
        return Verdict.Enforced == Enforcement.Unknown || support.Contains(FeatureSupport.Unknown) ? Truth.Unknown : Truth.Yes;
    }
}
