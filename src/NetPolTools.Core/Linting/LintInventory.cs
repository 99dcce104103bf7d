using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting;

/// <summary>
/// Which labels the pods of each namespace have: of those that run, of those that ended, and of those that templates stand for. Selectors that match none of
/// them are slips or are meant for pods that the input does not hold.
/// </summary>
internal sealed class LintInventory
{
    private readonly Dictionary<string, LabelVocabulary> _labels = [];
    private readonly Dictionary<string, LabelVocabulary> _hostNetwork = [];
    private readonly HashSet<string> _withUnknownPods = [];
    private readonly bool _isWhole;
    private readonly LabelVocabulary _none = new();
    private LabelVocabulary? _everywhere;

    public LintInventory(ClusterSnapshot snapshot, LintCompleteness complete)
    {
        _isWhole = complete.HasFlag(LintCompleteness.Workloads);
        foreach (var pod in snapshot.Pods)
            Add(pod, pod.Metadata.Labels, pod.Spec.HostNetwork);
        foreach (var workload in snapshot.Workloads)
            Add(workload, workload.TemplateLabels, workload.Template.HostNetwork);
        foreach (var other in snapshot.UnevaluatedObjects)
        {
            if (other is { Role: UnevaluatedRole.Workload, Metadata.Namespace: { } ns })
                _withUnknownPods.Add(ns);
        }
    }

    /// <summary>Whether a namespace has no pods but those of the input.</summary>
    public bool IsWhole(string ns) => _isWhole && !_withUnknownPods.Contains(ns);

    /// <summary>Whether the input holds pods of a namespace, and no object that stands for others of it.</summary>
    public bool HoldsPodsOf(string ns) => _labels.ContainsKey(ns) && !_withUnknownPods.Contains(ns);

    /// <summary>Whether the input holds pods of a namespace that are on the host network.</summary>
    public bool HoldsHostNetworkOf(string ns) => _hostNetwork.ContainsKey(ns);

    /// <summary>The labels of the pods of a namespace.</summary>
    public LabelVocabulary LabelsIn(string ns) => _labels.GetValueOrDefault(ns, _none);

    /// <summary>The labels of the pods of a namespace that are on the host network.</summary>
    public LabelVocabulary HostNetworkLabelsIn(string ns) => _hostNetwork.GetValueOrDefault(ns, _none);

    /// <summary>The labels of the pods of several namespaces.</summary>
    /// <param name="namespaces">By name.</param>
    /// <param name="isAll">Whether these are all there are.</param>
    public LabelVocabulary LabelsIn(IReadOnlyCollection<string> namespaces, bool isAll)
    {
        if (isAll)
            return _everywhere ??= Together(_labels.Keys);
        return namespaces.Count == 1 ? LabelsIn(namespaces.First()) : Together(namespaces);
    }

    private LabelVocabulary Together(IEnumerable<string> namespaces)
    {
        var all = new LabelVocabulary();
        foreach (var labels in namespaces.SelectMany(ns => LabelsIn(ns).All))
            all.Add(labels);
        return all;
    }

    private void Add(KubernetesObject of, LabelSet labels, bool isHostNetwork)
    {
        var ns = of.Metadata.Namespace!;
        Of(_labels).Add(labels);
        if (isHostNetwork)
            Of(_hostNetwork).Add(labels);

        LabelVocabulary Of(Dictionary<string, LabelVocabulary> all)
        {
            if (!all.TryGetValue(ns, out var known))
                all.Add(ns, known = new LabelVocabulary());
            return known;
        }
    }
}
