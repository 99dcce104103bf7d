namespace NetPolTools.Policies;

/// <summary>Which nodes are meant, seen from the pod that a policy is about.</summary>
public enum NodeScope
{
    Any,

    /// <summary>The node that runs the pod: Cilium's <c>host</c>.</summary>
    Own,

    /// <summary>Every node but that: Cilium's <c>remote-node</c>.</summary>
    Others,
}
