using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>A tier: policies of it are asked after those of tiers of lower order.</summary>
public sealed record CalicoTier(ObjectMetadata Metadata) : CalicoObject(CalicoKind.Tier, Metadata)
{
    /// <summary>The tier of every policy that names none, and of NetworkPolicies of Kubernetes.</summary>
    public const string DefaultName = "default";

    /// <summary>Null for the last.</summary>
    public double? Order { get; internal init; }

    /// <summary><c>Deny</c> (the default) or <c>Pass</c>, as written: what becomes of traffic that no rule of the tier matches, once one of its policies
    /// applies.</summary>
    public string? DefaultAction { get; internal init; }

    /// <summary>Whether unmatched traffic goes on to the next tier.</summary>
    public bool PassesUnmatched => DefaultAction == CalicoRule.Pass;
}
