namespace NetPolTools.Isolation;

/// <summary>How policies treat an endpoint in one direction.</summary>
public enum IsolationState
{
    /// <summary>No policy selects it, or none denies anything: everything is allowed.</summary>
    Open,

    /// <summary>Policies select it, and what their rules allow is allowed; peers that no rule names are kept away.</summary>
    Isolated,

    /// <summary>Policies select it, and nothing is allowed.</summary>
    Denied,

    /// <summary>Policies deny some of its traffic, and the rest is allowed: nothing keeps unknown peers away.</summary>
    Restricted,
}
