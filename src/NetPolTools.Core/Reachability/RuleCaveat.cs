using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>A place in a policy that does not work as written; connections that it decides carry a note.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Direction">The direction that it is about.</param>
/// <param name="Rule">The rule whose peers it is about; null for everything that the policy decides in the direction.</param>
/// <param name="Note">Where, and what happens instead; asked for when it is told, since few of a cluster's are.</param>
public sealed record RuleCaveat(NetworkPolicy Policy, PolicyDirection Direction, NetworkPolicyRule? Rule, Func<string> Note);
