using NetPolTools.Cni;

namespace NetPolTools.Reachability;

/// <summary>Where the API leaves a meaning open.</summary>
public sealed record ReachabilityOptions
{
    /// <summary>
    /// Whether an ipBlock also matches pods whose known address lies inside. Most enforcers say yes (Calico, kube-network-policies), Cilium says
    /// no unless told. Answers that hang on this carry a note either way.
    /// </summary>
    public bool IPBlockMatchesPods { get; init; } = true;

    /// <summary>What the network plugin makes of policies; null where they do what they say.</summary>
    public PolicyEnforcement? Enforcement { get; init; }

    /// <summary>As a network plugin has it. Where it may be told otherwise, its default counts: answers that hang on ipBlocks carry a note anyway.</summary>
    /// <param name="verdict">On the plugin.</param>
    /// <param name="enforcement">Of that verdict.</param>
    /// <param name="ipBlockIgnoresPods">Whether ipBlocks are not to match pods, whatever the plugin does.</param>
    public static ReachabilityOptions On(CniVerdict verdict, PolicyEnforcement? enforcement, bool ipBlockIgnoresPods) => new()
    {
        IPBlockMatchesPods = !ipBlockIgnoresPods && (enforcement?.NotEnforcedBecause is not null || verdict.Limits.All(static limit =>
            limit.Feature != PolicyFeature.IPBlockOnPods)),
        Enforcement = enforcement,
    };
}
