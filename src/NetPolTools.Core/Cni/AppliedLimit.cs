using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Cni;

/// <summary>A limit of the catalogue, applied to a cluster.</summary>
/// <param name="Plugin">The name of the plugin that has it.</param>
/// <param name="Version">The plugin's version; null where it is not known.</param>
/// <param name="IsCertain">False where it depends on something that the input does not tell, such as the version.</param>
public sealed record AppliedLimit(string Plugin, PluginVersion? Version, PluginLimit Limit, bool IsCertain)
{
    public PolicyFeature Feature => Limit.Feature;

    /// <summary>Unknown where the limit may not apply at all.</summary>
    public FeatureSupport Support => IsCertain ? Limit.Support : FeatureSupport.Unknown;

    /// <summary><c>Cilium 1.15.6: endPort is ignored</c>.</summary>
    public override string ToString() =>
        $"{Plugin}{(Version is null ? "" : " " + Version)}: {Limit.Text}{(IsCertain ? "" : " (whether that holds here, the input does not tell)")}";
}
