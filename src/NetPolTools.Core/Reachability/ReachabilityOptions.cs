using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Reachability;

/// <summary>Where the API leaves a meaning open.</summary>
public sealed record ReachabilityOptions
{
    /// <summary>
    /// Whether an ipBlock also matches pods whose known address lies inside. Most enforcers say yes (Calico, kube-network-policies), Cilium says
    /// no unless told. Answers that depend on this carry a note either way.
    /// </summary>
    public bool IPBlockMatchesPods { get; init; } = true;

    /// <summary>
    /// Whether an ipBlock also matches nodes, and hostNetwork pods, whose known address lies inside. All enforcers say yes but Cilium.
    /// </summary>
    public bool IPBlockMatchesNodes { get; init; } = true;

    /// <summary>
    /// Whether a named port of an egress rule is looked up on the pods that an ipBlock of the rule covers. The API leaves it open, and no is the answer that
    /// allows less; yes serves to tell which answers depend on it.
    /// </summary>
    internal bool IPBlockPodsHavePortNames { get; init; }

    /// <summary>The order in which policies of several kinds are asked.</summary>
    public EngineLayout Layout { get; init; } = EngineLayout.Kubernetes;

    /// <summary>Policies of other kinds that the network plugin does not enforce: they take no part.</summary>
    public ImmutableHashSet<ObjectReference> NotEnforced { get; init; } = ImmutableHashSet<ObjectReference>.Empty;

    /// <summary>Namespaces whose labels nobody knows: policies of other kinds that go by such a label may match their pods or not.</summary>
    internal ImmutableHashSet<string> NamespacesOfUnknownLabels { get; init; } = [];

    /// <summary>Why policies have no effect at all on the network plugin, so that everything is allowed; null where they are enforced.</summary>
    public string? NotEnforcedBecause { get; init; }

    /// <summary>The places in policies that the network plugin does not do as written. Empty where policies do what they say.</summary>
    public IReadOnlyList<RuleCaveat> Caveats { get; init; } = [];

    /// <summary>What the network plugin does wrong with policies where traffic goes over IPv6; null where it does nothing wrong.</summary>
    public string? IPv6Caveat { get; init; }

    /// <summary>
    /// Whether answers are about ICMP and other protocols, too. Where policies name these, answers are about them anyway.
    /// </summary>
    public bool CountsIcmp { get; init; }

    /// <summary>
    /// Whether the network plugin is known to let rules of NetworkPolicies decide ICMP and other protocols: a rule without ports allows them, any other does
    /// not. The API leaves open what becomes of them, so otherwise the answer is undetermined for pods that a NetworkPolicy isolates.
    /// </summary>
    public bool RulesDecideIcmp { get; init; }

    /// <summary>Whether nothing is known that the network plugin does otherwise than policies say.</summary>
    public bool PoliciesWorkAsWritten => NotEnforcedBecause is null && Caveats.Count == 0 && IPv6Caveat is null
        && IPBlockMatchesNodes && Layout == EngineLayout.Kubernetes && NotEnforced.IsEmpty && !CountsIcmp;
}
