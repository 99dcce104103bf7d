using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What traffic a map is about, and what NetworkPolicies do with ICMP and other protocols: their API guarantees nothing for these, neither that they are denied
/// where a policy isolates a pod nor that a rule allows them, and network plugins differ.
/// </summary>
/// <param name="CountsIcmp">Whether ICMP and other protocols are looked at. Otherwise all traffic is that on ports.</param>
/// <param name="RulesDecideIcmp">
/// Whether the plugin is known to do with them what rules say: a rule without ports allows them, any other does not.
/// </param>
internal sealed record TrafficScope(bool CountsIcmp, bool RulesDecideIcmp)
{
    public const string Unspecified = "NetworkPolicy says nothing of ICMP and other protocols without ports, and network plugins differ";

    /// <summary>All traffic that is looked at.</summary>
    public PortSet Everything { get; } = CountsIcmp ? PortSet.All.CountingIcmp() : PortSet.All;

    /// <summary>What nothing says about a pod that some NetworkPolicy isolates, wherever NetworkPolicies decide.</summary>
    public PortSet LeftOpen { get; } = CountsIcmp && !RulesDecideIcmp ? PortSet.IcmpAndOthers : PortSet.None;

    /// <summary>What a rule of a NetworkPolicy without ports allows for sure.</summary>
    public PortSet OfUnrestrictedRule => Everything.Except(LeftOpen);
}
