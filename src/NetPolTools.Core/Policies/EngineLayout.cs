using NetPolTools.Objects;

namespace NetPolTools.Policies;

/// <summary>In which order an engine that enforces policies asks the kinds that several engines know. Its own kinds it ranks itself.</summary>
/// <param name="Name">Of the engine, as messages write it.</param>
/// <param name="Admin">The tier of AdminNetworkPolicies and of ClusterNetworkPolicies of the tier Admin.</param>
/// <param name="NetworkPolicies">Where NetworkPolicies stand; they have no order among each other, and need none since they only allow.</param>
/// <param name="Baseline">The tier of BaselineAdminNetworkPolicies and of ClusterNetworkPolicies of the tier Baseline.</param>
public sealed record EngineLayout(string Name, PolicyTier Admin, PolicyRank NetworkPolicies, PolicyTier Baseline)
{
    // Orders are those of Calico, whose tiers have numbers that users see; other engines need the sequence only.
    private const double AdminOrder = 1_000;
    private const double DefaultOrder = 1_000_000;
    private const double BaselineOrder = 10_000_000;
    private const double DefaultDenyOrder = 100_000_000;

    /// <summary>
    /// The API as it is written, for engines that add nothing: Admin, NetworkPolicies, Baseline. Policies of equal priority have no order.
    /// </summary>
    public static readonly EngineLayout Kubernetes = new(
        "Kubernetes",
        new PolicyTier("Admin tier", AdminOrder),
        new PolicyRank(new PolicyTier("NetworkPolicies", DefaultOrder), 0),
        new PolicyTier("Baseline tier", BaselineOrder));

    /// <summary>Calico: tiers by order; NetworkPolicies stand in the tier default at order 1000, among Calico's own policies.</summary>
    public static readonly EngineLayout Calico = new(
        "Calico",
        new PolicyTier("tier kube-admin", AdminOrder),
        new PolicyRank(new PolicyTier("tier default", DefaultOrder), 1000),
        new PolicyTier("tier kube-baseline", BaselineOrder))
    {
        BreaksTiesByName = true,
        KnowsNodesAndDomainNames = false,
    };

    /// <summary>
    /// Cilium: its own policies and NetworkPolicies stand side by side. In their tier everything that denies has order 0 and everything that allows
    /// order 1.
    /// </summary>
    public static readonly EngineLayout Cilium = new(
        "Cilium",
        new PolicyTier("Admin tier", AdminOrder),
        new PolicyRank(new PolicyTier("Cilium policies and NetworkPolicies", DefaultOrder), 1),
        new PolicyTier("Baseline tier", BaselineOrder))
    {
        DefaultDeny = new PolicyTier("default deny", DefaultDenyOrder),
    };

    /// <summary>
    /// Where what a policy isolates a pod from is denied, if no rule allows it: a tier behind all others, which the Baseline tier comes before. Policies in it
    /// have no rules. Null where that is the end of the policy's own tier.
    /// </summary>
    public PolicyTier? DefaultDeny { get; init; }

    /// <summary>
    /// Whether policies of equal priority go by name; the API leaves their order open. Names are compared as <c>name/namespace/kind</c>, with the kinds that
    /// Calico has for them (felix/calc/policy_sorter.go since 3.32).
    /// </summary>
    public bool BreaksTiesByName { get; init; }

    /// <summary>Where a NetworkPolicy stands. They only allow, so their order matters among other policies alone.</summary>
    internal PolicyRank RankOf(NetworkPolicy policy) => BreaksTiesByName
        ? NetworkPolicies with { TieBreaker = $"{policy.Name}/{policy.Namespace}/KubernetesNetworkPolicy" }
        : NetworkPolicies;

    /// <summary>Whether admin policies may name nodes and domain names; for an engine that does not know them, such a rule fails closed.</summary>
    public bool KnowsNodesAndDomainNames { get; init; } = true;
}
