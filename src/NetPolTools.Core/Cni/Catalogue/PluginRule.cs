namespace NetPolTools.Cni.Catalogue;

/// <summary>A switch or circumstance that decides whether a plugin enforces policies. The first rule that applies decides.</summary>
/// <param name="When">All of these hold.</param>
/// <param name="Enforces">Then.</param>
/// <param name="Because">Why, in words that follow the plugin's name and a colon.</param>
/// <param name="UnknownUnlessSeen">Whether the input must tell: where it does not, neither does the rule, and the answer is unknown.</param>
public sealed record PluginRule(IReadOnlyList<PluginClause> When, Enforcement Enforces, string Because, bool UnknownUnlessSeen, PluginFact Fact);
