namespace NetPolTools.Exposure;

/// <summary>What somebody has to be able to do to be the other end of a connection that policies allow.</summary>
public enum ExposureGrade
{
    /// <summary>Create a pod in any namespace, also in one that is made for it.</summary>
    Anywhere,

    /// <summary>Create a pod in a namespace with certain labels, or set these labels.</summary>
    LabelledNamespaces,

    /// <summary>Create a pod in certain namespaces that exist.</summary>
    NamedNamespaces,

    /// <summary>Create a pod in the workload's own namespace.</summary>
    OwnNamespace,

    /// <summary>Have an address outside the cluster.</summary>
    Outside,
}
