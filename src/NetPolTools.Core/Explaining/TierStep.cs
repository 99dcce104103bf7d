using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Explaining;

/// <summary>What a rule of a tier, or the end of a tier, does with some of the traffic. In the order in which policies are asked.</summary>
/// <param name="Tier">As messages write it: <c>Admin tier</c>.</param>
/// <param name="Policy">Whose rule it is, or a policy that makes its tier deny what no rule matches.</param>
/// <param name="Decision">What becomes of the traffic.</param>
/// <param name="Ports">On which ports.</param>
public sealed record TierStep(string Tier, PolicyPlace Policy, RuleAction Decision, PortSet Ports)
{
    private const int MostNames = 5;

    public string Tier { get; } = Tier;

    public PolicyPlace Policy { get; } = Policy;

    /// <summary>What becomes of the traffic, in a word: Allow, Deny or Pass.</summary>
    public string Action => Decision.ToString();

    /// <summary>As a value; the word is for scripts, whose JSON would have a number.</summary>
    internal RuleAction Decision { get; } = Decision;

    public PortSet Ports { get; } = Ports;

    /// <summary>Null for the end of a tier.</summary>
    public RulePlace? Rule { get; internal init; }

    /// <summary>The rule's own name; null where it has none.</summary>
    public string? RuleName { get; internal init; }

    /// <summary>The rule's peers that match, each as path and words.</summary>
    public IReadOnlyList<string> Peers { get; internal init => field = Indexable.Of(value); } = FixedList<string>.Empty;

    /// <summary>What would have to be known to tell whether it matches, as nouns; empty where it matches for sure.</summary>
    public IReadOnlyList<string> DependsOn { get; internal init => field = Indexable.Of(value); } = FixedList<string>.Empty;

    /// <summary>Where the end of a tier denies: the rules of the tier that come closest to allowing it. At most three.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; internal init => field = Indexable.Of(value); } = FixedList<NearMiss>.Empty;

    /// <summary>At the end of a tier: the other policies that make it deny as well.</summary>
    public IReadOnlyList<PolicyPlace> Others { get; internal init => field = Indexable.Of(value); } = FixedList<PolicyPlace>.Empty;

    /// <summary>Of traffic that is passed, who decides next.</summary>
    public string? PassedTo { get; internal init; }

    /// <summary><c>Admin tier: ClusterNetworkPolicy no-db spec.egress[0] (policies.yaml:12:5) denies TCP 3306: to[0]: every pod of namespaces with
    /// team=db</c>.</summary>
    public override string ToString()
    {
        var place = Rule is null ? AtEnd : RuleName is { Length: > 0 } ? $"{Rule} \"{RuleName}\"" : Rule.ToString();
        var passed = PassedTo is null ? "" : $" to {PassedTo}";
        var depends = DependsOn.Count == 0 ? "" : $", if it matches, which depends on {string.Join(" and ", DependsOn)}";
        var peers = Peers.Count == 0 ? "" : $": {string.Join("; ", Peers)}";
        var verb = Others.Count == 0 ? PolicyText.Verb(Decision) : "deny";
        return $"{Tier}: {place} {verb} {Ports}{passed}{depends}{peers}";
    }

    private string AtEnd => Others.Count == 0
        ? $"{Policy.Name}, by its end,"
        : $"{Wording.List([Policy.Name, .. Others.Select(static other => other.Name)], MostNames)}, by their end,";
}
