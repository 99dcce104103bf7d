using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>
/// Which namespaces have NetworkPolicies whose rules name pods of another namespace: selectors of namespaces are looked up by a label that they ask for, so
/// that a workload only meets those that may mean its own. Not thread safe.
/// </summary>
internal sealed class NamingIndex
{
    private readonly NamespaceTable _table;
    private readonly ExposureSide _side;
    private readonly int _number;
    private readonly Dictionary<string, OfSelector> _selectors = [];
    private readonly Dictionary<(string Key, string Value), List<OfSelector>> _byLabel = [];
    private readonly List<OfSelector> _others = [];
    private readonly List<int> _namingAll = [];
    private readonly WiderBlocks<int> _blocks = new();
    private readonly Dictionary<string, OfSelector[]> _meaning = [];

    /// <param name="table">The namespaces.</param>
    /// <param name="side">The cluster.</param>
    /// <param name="number">Of the side.</param>
    /// <param name="direction">Of the rules.</param>
    public NamingIndex(NamespaceTable table, ExposureSide side, int number, PolicyDirection direction)
    {
        (_table, _side, _number) = (table, side, number);
        var rules = side.RulesOf(direction);
        var namers = new List<int>?[rules.Peers.Count];
        for (var ns = 0; ns < table.Count; ns++)
        {
            foreach (var peer in rules.PeersIn(table.Names[ns]))
            {
                if (namers[peer] is not [.., var last] || last != ns)
                    (namers[peer] ??= []).Add(ns);
            }
        }

        for (var peer = 0; peer < namers.Length; peer++)
        {
            if (namers[peer] is not { } ofPeer)
                continue;
            if (rules.Peers[peer] is not { } named)
                _namingAll = ofPeer;
            else if (rules.Blocks[peer] is { } block)
                _blocks.Of(block).AddRange(ofPeer);
            else if (named.NamespaceSelector is { } selector)
                Add(selector, named.PodSelector ?? LabelSelector.Everything, ofPeer);
        }
    }

    /// <summary>The namespaces with a rule that names a pod of a workload; those that name pods of their own alone are left out.</summary>
    public IEnumerable<int> NamersOf(ExposedWorkload workload)
    {
        if (!_meaning.TryGetValue(workload.Namespace, out var selectors))
            _meaning.Add(workload.Namespace, selectors = [.. MeaningNamespace(_table.In(_number, _table.NumberOf(workload.Namespace)))]);
        var bySelector = selectors.SelectMany(static found => found.Pods).Where(pods => workload.Pods.Any(pod => _side.Matches(pods.Selector, pod.Labels)));
        var byBlock = workload.Pods.SelectMany(static pod => pod.Addresses).SelectMany(address => _blocks.Covering(AddressRange.Of(address)));
        return bySelector.SelectMany(static pods => pods.Namers).Concat(byBlock).Concat(_namingAll);
    }

    private IEnumerable<OfSelector> MeaningNamespace(Namespace ns)
    {
        foreach (var (key, value) in ns.Metadata.Labels)
        {
            foreach (var found in _byLabel.GetValueOrDefault((key, value)) ?? [])
            {
                if (found.Selector.Matches(ns.Metadata.Labels))
                    yield return found;
            }
        }

        foreach (var found in _others.Where(found => found.Selector.Matches(ns.Metadata.Labels)))
            yield return found;
    }

    private void Add(LabelSelector namespaces, LabelSelector pods, List<int> namers)
    {
        var text = _side.TextOf(namespaces);
        if (!_selectors.TryGetValue(text, out var found))
        {
            _selectors.Add(text, found = new OfSelector(namespaces, []));
            if (namespaces.MatchLabels.Count == 0)
                _others.Add(found);
            else
                ListOf(namespaces.MatchLabels[0]).Add(found);
        }

        found.Pods.Add((pods, namers));
    }

    private List<OfSelector> ListOf(KeyValuePair<string, string> asked)
    {
        var (key, value) = asked;
        if (!_byLabel.TryGetValue((key, value), out var list))
            _byLabel.Add((key, value), list = []);
        return list;
    }

    /// <param name="Selector">Of namespaces.</param>
    /// <param name="Pods">The selectors of pods that stand with it, each with the namespaces that have such a rule.</param>
    private sealed record OfSelector(LabelSelector Selector, List<(LabelSelector Selector, List<int> Namers)> Pods);
}
