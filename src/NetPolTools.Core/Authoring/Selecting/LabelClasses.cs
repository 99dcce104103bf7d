using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Selecting;

/// <summary>
/// The pods of one namespace by their lasting labels: pods of one class have the same and can only be selected together. Classes are numbered from 0 in
/// the order of their first pods.
/// </summary>
internal sealed class LabelClasses
{
    private readonly int _start;
    private readonly int[] _classOf;
    private readonly List<LabelSet> _labels = [];

    public LabelClasses(string @namespace, EndpointTable endpoints)
    {
        Namespace = @namespace;
        (_start, var end) = endpoints.InNamespace(@namespace);
        _classOf = new int[end - _start];
        var numbers = new Dictionary<LabelSet, int>();
        for (var i = _start; i < end; i++)
        {
            var labels = SelectorLabels.Lasting(endpoints[i].Labels);
            if (!numbers.TryGetValue(labels, out var number))
            {
                numbers.Add(labels, number = _labels.Count);
                _labels.Add(labels);
            }

            _classOf[i - _start] = number;
        }
    }

    public string Namespace { get; }

    public int Count => _labels.Count;

    /// <summary>The class of a selectable pod of this namespace, by the pod's number.</summary>
    public int Of(int endpoint) => _classOf[endpoint - _start];

    public LabelSet LabelsOf(int ofClass) => _labels[ofClass];

    public IndexSet All => IndexSet.Range(0, Count);
}
