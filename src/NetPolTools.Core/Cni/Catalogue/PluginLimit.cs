namespace NetPolTools.Cni.Catalogue;

/// <summary>Something that a plugin which enforces policies does not do, or not quite.</summary>
/// <param name="Text">What happens, in words that follow the plugin's name and a colon.</param>
/// <param name="From">The version that brought it; null for the first one.</param>
/// <param name="Until">The version that lifted it; null for none yet.</param>
/// <param name="When">All of these hold.</param>
/// <param name="Unless">None of these holds.</param>
public sealed record PluginLimit(
    PolicyFeature Feature,
    FeatureSupport Support,
    string Text,
    PluginVersion? From,
    PluginVersion? Until,
    IReadOnlyList<PluginClause> When,
    IReadOnlyList<PluginClause> Unless,
    PluginFact Fact)
{
    /// <summary>Of a kind of policies with priorities: those above this one are not enforced; null for no bound.</summary>
    public int? MostPriority { get; init; }
}
