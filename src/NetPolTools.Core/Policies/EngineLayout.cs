using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Sets;

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

    /// <summary>
    /// Calico since 3.32: tiers by order; NetworkPolicies stand in the tier default at order 1000, among Calico's own policies. Behind the last tier are
    /// profiles, and those that pods have from Kubernetes allow everything.
    /// </summary>
    public static readonly EngineLayout Calico = OfCalico("kube-admin", "kube-baseline", TieOrder.ByName);

    /// <summary>Calico up to 3.31: other names of tiers, and names of policies have that of the tier before them.</summary>
    public static readonly EngineLayout CalicoBefore332 = OfCalico("adminnetworkpolicy", "baselineadminnetworkpolicy", TieOrder.ByStoredName);

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
        DeniesOwnNode = true,
        BlocksMeanPods = false,
        BlocksMeanNodes = false,
        Ends = ["health", "host", "ingress", "init", "kube-apiserver", "remote-node", "unmanaged"],
    };

    /// <summary>
    /// Where what a policy isolates a pod from is denied, if no rule allows it: a tier behind all others, which the Baseline tier comes before. Policies in it
    /// have no rules. Null where that is the end of the policy's own tier.
    /// </summary>
    public PolicyTier? DefaultDeny { get; init; }

    /// <summary>What decides between policies of equal order.</summary>
    public TieOrder Ties { get; init; }

    /// <summary>Whether policies of equal priority go by name; the API leaves their order open.</summary>
    public bool BreaksTiesByName => Ties != TieOrder.Open;

    /// <summary>Where a NetworkPolicy stands. They only allow, so their order matters among other policies alone.</summary>
    public PolicyRank RankOf(NetworkPolicy policy) => Ties == TieOrder.Open
        ? NetworkPolicies
        : NetworkPolicies with { TieBreaker = TieBreaker("KubernetesNetworkPolicy", "knp.default", policy.Namespace, policy.Name) };

    /// <summary>
    /// What decides between policies of one order, as Calico has them in mind: since 3.32 name, then namespace, then kind; before, the namespace and the
    /// name as it was stored, which had something before it. Null where the API leaves the order open.
    /// </summary>
    /// <param name="kind">What Calico calls the kind since 3.32.</param>
    /// <param name="prefix">What stood before the name up to 3.31, without the dot.</param>
    /// <param name="ns">Null for a policy of the whole cluster.</param>
    /// <param name="name">Of the policy.</param>
    public string? TieBreaker(string kind, string prefix, string? ns, string name) => Ties switch
    {
        TieOrder.ByName => $"{name}/{ns}/{kind}",
        TieOrder.ByStoredName => ns is null ? $"{prefix}.{name}" : $"{ns}/{prefix}.{name}",
        _ => null,
    };

    /// <summary>
    /// The API of the engine's own, whose dialect also knows which NetworkPolicies the engine reads otherwise than they are written; null for none.
    /// </summary>
    public PolicyDialect? Own { get; init; }

    /// <summary>Whether nodes reach the pods that they run, whatever rules allow.</summary>
    public bool NodesReachTheirPods { get; init; } = true;

    /// <summary>Whether a rule that denies is asked before a node reaches the pods that it runs.</summary>
    public bool DeniesOwnNode { get; init; }

    /// <summary>Whether blocks of addresses mean pods by their addresses.</summary>
    public bool BlocksMeanPods { get; init; } = true;

    /// <summary>Whether blocks of addresses mean nodes by their addresses.</summary>
    public bool BlocksMeanNodes { get; init; } = true;

    /// <summary>The settings of the engine that the answer goes by, each with where it is from, for those who want to see them.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>Ends that the engine has names for, to be asked about whether a policy names them or not.</summary>
    public ImmutableArray<string> Ends { get; init; } = [];

    /// <summary>Of those ends, the ones of which the input tells the addresses: to be asked about as these.</summary>
    public ImmutableArray<(string End, ImmutableArray<AddressRange> Addresses)> EndAddresses { get; init; } = [];

    /// <summary>Whether admin policies may name nodes and domain names; for an engine that does not know them, such a rule fails closed.</summary>
    public bool KnowsNodesAndDomainNames { get; init; } = true;

    private static EngineLayout OfCalico(string admin, string baseline, TieOrder ties) => new(
        "Calico",
        new PolicyTier($"tier {admin}", AdminOrder),
        new PolicyRank(new PolicyTier("tier default", DefaultOrder), 1000),
        new PolicyTier($"tier {baseline}", BaselineOrder))
    {
        Ties = ties,
        KnowsNodesAndDomainNames = false,
    };
}

/// <summary>What decides between policies of one tier and order.</summary>
public enum TieOrder
{
    /// <summary>Nothing: an answer that depends on it is undetermined.</summary>
    Open,

    /// <summary>The name, then the namespace, then the kind.</summary>
    ByName,

    /// <summary>The namespace, then the name as Calico stored it up to 3.31.</summary>
    ByStoredName,
}
