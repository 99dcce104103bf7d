using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>A workload, or a pod that has none, with the endpoints that stand for its pods.</summary>
/// <param name="Owner">The workload.</param>
/// <param name="Location">Where it stands; of a workload that is not in the input, where its first pod does.</param>
/// <param name="Pods">Never none; pods on the host network are left out.</param>
internal sealed record WorkloadSite(ObjectReference Owner, SourceLocation Location, int[] Pods);
