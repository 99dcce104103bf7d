namespace NetPolTools.Cni.Catalogue;

/// <summary>How far a plugin that enforces policies does what one of their features says, from the worst to the best.</summary>
public enum FeatureSupport
{
    No,

    /// <summary>The input does not tell, or nobody wrote it down.</summary>
    Unknown,

    /// <summary>In some cases, which the text of the limit tells.</summary>
    Partial,

    Yes,
}
