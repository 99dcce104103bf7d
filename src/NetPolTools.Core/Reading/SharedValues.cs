using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reading;

/// <summary>One object for values that repeat. Of one load; not thread safe.</summary>
internal sealed class SharedValues
{
    private readonly Dictionary<LabelSet, LabelSet> _labels = [];
    private readonly ValueMemo<LabelSet> _labelsByText = new();
    private readonly Dictionary<NetAddress, NetAddress[]> _single = [];
    private readonly Dictionary<Type, object> _ofDialects = [];

    public ValueMemo<PodSpec> PodSpecs { get; } = new();

    /// <summary>Those that were read with what programs connect to.</summary>
    public ValueMemo<PodSpec> WholePodSpecs { get; } = new();

    public ValueMemo<LabelSelector> Selectors { get; } = new();

    public ValueMemo<IPBlock> IPBlocks { get; } = new();

    public ValueMemo<IReadOnlyList<string>> PolicyTypes { get; } = new();

    /// <summary>For the items of a list being read, before they become an array of just their number.</summary>
    public List<NetworkPolicyRule> RuleScratch { get; } = [];

    /// <inheritdoc cref="RuleScratch"/>
    public List<NetworkPolicyPeer> PeerScratch { get; } = [];

    /// <inheritdoc cref="RuleScratch"/>
    public List<NetworkPolicyPort> PortScratch { get; } = [];

    /// <summary>What a dialect shares of its own values, made when it is first asked for.</summary>
    public T Of<T>()
        where T : class, new()
    {
        if (!_ofDialects.TryGetValue(typeof(T), out var known))
            _ofDialects.Add(typeof(T), known = new T());
        return (T)known;
    }

    /// <summary>One list for equal addresses, such as those of a node that many pods run on.</summary>
    public NetAddress[] Share(NetAddress[] addresses) => addresses is [var single] ? Share(single) : addresses;

    /// <summary>A list of one address.</summary>
    public NetAddress[] Share(NetAddress single)
    {
        if (!_single.TryGetValue(single, out var shared))
            _single.Add(single, shared = [single]);
        return shared;
    }

    /// <summary>Reads labels: pods of a workload share theirs.</summary>
    /// <param name="fields">Stands on a map of labels.</param>
    public LabelSet ReadLabels(FieldReader fields) => fields.Known(_labelsByText, _labels, static (fields, known) =>
    {
        var labels = fields.StringMap("a map of label keys and values") is { Count: > 0 } map ? LabelSet.Create(map) : LabelSet.Empty;
        if (!known.TryGetValue(labels, out var shared))
            known.Add(labels, shared = labels);
        return shared;
    })!;
}
