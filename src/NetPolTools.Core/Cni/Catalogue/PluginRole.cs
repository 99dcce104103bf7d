namespace NetPolTools.Cni.Catalogue;

/// <summary>What a plugin does for a cluster's pods.</summary>
public enum PluginRole
{
    /// <summary>It connects pods, and may enforce policies as well.</summary>
    Connects,

    /// <summary>It enforces policies on the network of another.</summary>
    EnforcesOnly,

    /// <summary>It adds further interfaces to pods; which plugin makes the first one, it does not tell.</summary>
    Secondary,

    /// <summary>
    /// A kind of cluster whose own network leaves no workload behind, or one that runs plugins which are in the catalogue for themselves: it says
    /// something where no plugin is found.
    /// </summary>
    Platform,
}
