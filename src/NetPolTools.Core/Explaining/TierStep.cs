using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>What a rule of a tier, or the end of a tier, does with some of the traffic. In the order in which policies are asked.</summary>
/// <param name="Tier">As messages write it: <c>Admin tier</c>.</param>
/// <param name="Policy">Whose rule it is, or a policy that makes its tier deny what no rule matches.</param>
/// <param name="Action">What becomes of the traffic.</param>
/// <param name="Ports">On which ports.</param>
public sealed record TierStep(string Tier, PolicyPlace Policy, RuleAction Action, PortSet Ports)
{
    /// <summary>Null for the end of a tier.</summary>
    public RulePlace? Rule { get; init; }

    /// <summary>The rule's own name; null where it has none.</summary>
    public string? RuleName { get; init; }

    /// <summary>The rule's peers that match, each as path and words.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>What would have to be known to tell whether it matches, as nouns; empty where it matches for sure.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Where the end of a tier denies: the rules of the tier that come closest to allowing it. At most three.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; init; } = [];

    /// <summary>Of traffic that is passed, who decides next.</summary>
    public string? PassedTo { get; init; }

    /// <summary><c>Admin tier: ClusterNetworkPolicy no-db spec.egress[0] (policies.yaml:12:5) denies TCP 3306: to[0]: every pod of namespaces with
    /// team=db</c>.</summary>
    public override string ToString()
    {
        var place = Rule is null ? $"{Policy.Name}, by its end," : RuleName is { Length: > 0 } ? $"{Rule} \"{RuleName}\"" : Rule.ToString();
        var passed = PassedTo is null ? "" : $" to {PassedTo}";
        var depends = DependsOn.Count == 0 ? "" : $", if it matches, which depends on {string.Join(" and ", DependsOn)}";
        var peers = Peers.Count == 0 ? "" : $": {string.Join("; ", Peers)}";
        return $"{Tier}: {place} {PolicyText.Verb(Action)} {Ports}{passed}{depends}{peers}";
    }
}
