using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Exposure;

/// <summary>A workload that is asked about, with its pods that policies may treat differently.</summary>
/// <param name="Owner">The workload; the pod where it has none.</param>
/// <param name="Pods">One for each set of labels, service account and addresses that its pods have. At most <see cref="MostPods"/> are told apart.</param>
internal sealed record ExposedWorkload(ObjectReference Owner, IReadOnlyList<Endpoint> Pods)
{
    /// <summary>A number has as many bits.</summary>
    public const int MostPods = 64;

    public string Namespace => Owner.Namespace!;
}
