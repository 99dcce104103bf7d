namespace NetPolTools.Cni;

/// <summary>How far a plugin that enforces policies does what one of their features says.</summary>
public enum FeatureSupport
{
    /// <summary>Nobody wrote down whether.</summary>
    Unknown,

    No,

    /// <summary>In some cases, which the text of the limit tells.</summary>
    Partial,

    Yes,
}
