namespace NetPolTools.Cni.Catalogue;

/// <summary>One of the things that must hold for a rule of the catalogue to apply: something in the cluster, or the plugin's version.</summary>
/// <param name="Sign">Some object of the cluster matches it; null where the clause is about the version.</param>
/// <param name="IsNot">No object matches it.</param>
/// <param name="From">The version is this one or later; null for any.</param>
/// <param name="Below">The version is earlier than this one; null for any.</param>
public sealed record PluginClause(PluginSign? Sign, bool IsNot, PluginVersion? From, PluginVersion? Below);
