namespace NetPolTools.Reachability;

/// <summary>Where the API leaves a meaning open.</summary>
public sealed record ReachabilityOptions
{
    /// <summary>
    /// Whether an ipBlock also matches pods whose known address lies inside. Most enforcers say yes (Calico, kube-network-policies), Cilium says
    /// no unless told. Answers that hang on this carry a note either way.
    /// </summary>
    public bool IPBlockMatchesPods { get; init; } = true;
}
