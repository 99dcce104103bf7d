namespace NetPolTools.Asking;

/// <summary>What of a question a diagnostic is about. Each face has its own names for these: <c>--from</c>, <c>-From</c>.</summary>
public enum QuestionPart
{
    /// <summary>The manifests, objects or cluster that the question is about.</summary>
    Input,

    /// <summary>What a comparison starts from.</summary>
    Reference,

    /// <summary>What a comparison leads to.</summary>
    Difference,

    /// <summary>The cluster that policies to be made are simulated in.</summary>
    Simulation,

    From,

    To,

    Namespace,

    /// <summary>The workloads and pods whose labels are changed.</summary>
    Workload,

    /// <summary>The policies that are removed.</summary>
    RemovePolicy,
}
