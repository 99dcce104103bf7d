namespace NetPolTools.Live;

/// <summary>Which cluster to read, and as whom: what kubectl takes as --context and --kubeconfig.</summary>
/// <param name="Context">A context of the kubeconfig, or <see cref="CurrentContext"/>.</param>
/// <param name="Kubeconfig">The file; null for what kubectl itself would take: $KUBECONFIG, or .kube/config in the user's home.</param>
public sealed record ClusterConnection(string Context, string? Kubeconfig = null)
{
    /// <summary>Stands for the context that the kubeconfig names as current.</summary>
    public const string CurrentContext = ".";

    /// <summary>The folder that kubectl runs in; null for that of this process. Relative paths of $KUBECONFIG are relative to it.</summary>
    public string? Folder { get; init; }

    /// <summary>What messages call the cluster.</summary>
    public string Name => Context == CurrentContext ? "the current context" : $"context {Context}";

    /// <summary>Arguments for kubectl.</summary>
    internal IEnumerable<string> Arguments()
    {
        if (Context != CurrentContext)
            yield return "--context=" + Context;
        if (Kubeconfig is not null)
            yield return "--kubeconfig=" + Kubeconfig;
    }
}
