using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>One object for values that repeat. Of one load; not thread safe.</summary>
internal sealed class SharedValues
{
    private readonly Dictionary<LabelSet, LabelSet> _labels = [];
    private readonly ValueMemo<LabelSet> _labelsByText = new();

    public ValueMemo<PodSpec> PodSpecs { get; } = new();

    public ValueMemo<LabelSelector> Selectors { get; } = new();

    /// <summary>For the items of a list being read, before they become an array of just their number.</summary>
    public List<NetworkPolicyRule> RuleScratch { get; } = [];

    /// <inheritdoc cref="RuleScratch"/>
    public List<NetworkPolicyPeer> PeerScratch { get; } = [];

    /// <inheritdoc cref="RuleScratch"/>
    public List<NetworkPolicyPort> PortScratch { get; } = [];

    /// <summary>Reads labels: pods of a workload share theirs.</summary>
    /// <param name="fields">Stands on a map of labels.</param>
    public LabelSet ReadLabels(FieldReader fields)
    {
        if (_labelsByText.TryGet(fields.Tokens, out var known, out var text))
        {
            fields.Skip();
            return known!;
        }

        var errors = fields.ErrorCount;
        var labels = fields.StringMap("a map of label keys and values") is { Count: > 0 } map ? LabelSet.Create(map) : LabelSet.Empty;
        if (!_labels.TryGetValue(labels, out var shared))
            _labels.Add(labels, shared = labels);
        if (text is not null && fields.ErrorCount == errors)
            _labelsByText.Add(text, shared);
        return shared;
    }
}
