using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Classes of endpoints that a question asks about as destinations: those without ingress policies, and the rule sets of the others.</summary>
/// <remarks>A rule set may have other subjects than those asked about.</remarks>
public sealed record DestinationClasses(IReadOnlyList<RuleSet> Isolated, IndexSet NotIsolated);
