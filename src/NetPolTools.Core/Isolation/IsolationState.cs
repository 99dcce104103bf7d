namespace NetPolTools.Isolation;

/// <summary>How policies treat an endpoint in one direction.</summary>
public enum IsolationState
{
    /// <summary>No policy selects it: everything is allowed.</summary>
    Open,

    /// <summary>Policies select it, and what their rules allow is allowed.</summary>
    Isolated,

    /// <summary>Policies select it, and nothing is allowed.</summary>
    Denied,
}
