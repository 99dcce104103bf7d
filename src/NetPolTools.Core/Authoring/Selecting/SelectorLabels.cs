using System.Collections.Frozen;
using NetPolTools.Objects;

namespace NetPolTools.Authoring.Selecting;

/// <summary>
/// Which labels of pods a selector may name, and which of them first. Labels that a controller makes anew for every pod or revision would leave the
/// next pod unselected; labels that the API server refuses no policy can name.
/// </summary>
internal static class SelectorLabels
{
    /// <summary>What people call their workloads by; any other key comes after these.</summary>
    private static readonly FrozenDictionary<string, int> Usual = new[]
    {
        "app.kubernetes.io/name", "app", "k8s-app", "name", "app.kubernetes.io/component", "component", "app.kubernetes.io/instance", "tier", "role", "run",
    }.Select(static (key, rank) => (key, rank)).ToFrozenDictionary(static entry => entry.key, static entry => entry.rank);

    private static readonly FrozenSet<string> MadePerPod = FrozenSet.ToFrozenSet(
    [
        "pod-template-hash", "controller-revision-hash", "pod-template-generation", "rollouts-pod-template-hash",
        "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-uid", "job-name",
    ]);

    /// <summary>The labels of a pod that stay with its workload.</summary>
    public static LabelSet Lasting(LabelSet labels) => labels.All(IsLasting) ? labels : LabelSet.Create(labels.Where(IsLasting));

    /// <summary>The order in which keys are tried; keys of one rank go by name.</summary>
    public static int RankOf(string key) => Usual.GetValueOrDefault(key, Usual.Count);

    private static bool IsLasting(KeyValuePair<string, string> label) =>
        !MadePerPod.Contains(label.Key)
        && !label.Key.StartsWith("batch.kubernetes.io/", StringComparison.Ordinal)
        && NameRules.CheckLabelKey(label.Key) is null
        && NameRules.CheckLabelValue(label.Value) is null;
}
