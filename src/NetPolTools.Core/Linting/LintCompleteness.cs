namespace NetPolTools.Linting;

/// <summary>
/// Of which kinds an input holds all that there are. Only then does the absence of something prove anything. A live cluster is complete; manifests rarely
/// are.
/// </summary>
[Flags]
public enum LintCompleteness
{
    None = 0,

    /// <summary>Every pod that runs, or a workload that stands for it.</summary>
    Workloads = 1,

    /// <summary>Every Namespace object, with its labels.</summary>
    Namespaces = 2,

    /// <summary>Every Service.</summary>
    Services = 4,

    All = Workloads | Namespaces | Services,
}
