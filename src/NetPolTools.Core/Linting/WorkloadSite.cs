using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>A workload, or a pod that has none, with the endpoints that stand for its pods.</summary>
/// <param name="Owner">The workload.</param>
/// <param name="Location">Where it stands; of a workload that is not in the input, where its first pod does.</param>
/// <param name="First">The first of its pods; pods of one workload follow each other.</param>
/// <param name="Count">Never 0; pods on the host network are left out.</param>
internal sealed record WorkloadSite(ObjectReference Owner, SourceLocation Location, int First, int Count)
{
    /// <summary>Whether something holds of one of its pods.</summary>
    public bool AnyPod(Predicate<int> holds)
    {
        for (var pod = First; pod < First + Count; pod++)
        {
            if (holds(pod))
                return true;
        }

        return false;
    }
}
