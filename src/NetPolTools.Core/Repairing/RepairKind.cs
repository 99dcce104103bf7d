namespace NetPolTools.Repairing;

/// <summary>What a step of a repair changes, the smaller first.</summary>
public enum RepairKind
{
    /// <summary>A rule gets one more port.</summary>
    AddPort,

    /// <summary>A rule gets one more peer.</summary>
    AddPeer,

    /// <summary>A rule or a part of one is taken away, or says less.</summary>
    NarrowRule,

    /// <summary>A policy gets one more rule.</summary>
    AddRule,

    /// <summary>Pods get a label that a rule asks for.</summary>
    AddLabel,

    /// <summary>There is one more policy.</summary>
    AddPolicy,
}
