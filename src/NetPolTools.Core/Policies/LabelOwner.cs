namespace NetPolTools.Policies;

/// <summary>Whose labels a condition is about.</summary>
public enum LabelOwner
{
    Pod,

    /// <summary>The pod's namespace.</summary>
    Namespace,

    /// <summary>The service account that the pod runs as.</summary>
    ServiceAccount,

    /// <summary>A node itself, never the node of a pod.</summary>
    Node,
}
