namespace NetPolTools.Policies;

/// <summary>An entry of a rule's peers.</summary>
/// <param name="Term">The endpoints it stands for.</param>
/// <param name="Path">Where it stands below the rule: <c>from[0]</c>; empty where the rule names no peers and means everyone.</param>
public sealed record RulePeer(EndpointTerm Term, string Path);
