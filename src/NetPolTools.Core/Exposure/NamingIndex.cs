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
    private readonly HashSet<int> _namingAll = [];
    private readonly Dictionary<string, (AddressRange Range, HashSet<int> Namers)> _blocks = [];
    private readonly Dictionary<string, OfSelector[]> _meaning = [];

    /// <param name="table">The namespaces.</param>
    /// <param name="side">The cluster.</param>
    /// <param name="number">Of the side.</param>
    /// <param name="direction">Of the rules.</param>
    public NamingIndex(NamespaceTable table, ExposureSide side, int number, PolicyDirection direction)
    {
        (_table, _side, _number) = (table, side, number);
        for (var ns = 0; ns < table.Count; ns++)
        {
            foreach (var rule in side.Isolating(table.Names[ns], direction).SelectMany(policy => policy.Rules(direction)))
                Add(ns, rule);
        }
    }

    /// <summary>The namespaces with a rule that names a pod of a workload; those that name pods of their own alone are left out.</summary>
    public IEnumerable<int> NamersOf(ExposedWorkload workload)
    {
        if (!_meaning.TryGetValue(workload.Namespace, out var selectors))
            _meaning.Add(workload.Namespace, selectors = [.. MeaningNamespace(_table.In(_number, _table.NumberOf(workload.Namespace)))]);
        var bySelector = selectors.SelectMany(found => found.Pods.Values).Where(pods => workload.Pods.Any(pod => _side.Matches(pods.Selector, pod.Labels)));
        var byBlock = _blocks.Values.Where(block => workload.Pods.Any(pod => pod.Addresses.Any(block.Range.Contains)));
        return bySelector.SelectMany(static pods => pods.Namers).Concat(byBlock.SelectMany(static block => block.Namers)).Concat(_namingAll);
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

    private void Add(int ns, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 } peers)
        {
            _namingAll.Add(ns);
            return;
        }

        foreach (var peer in peers)
        {
            if (peer.IPBlock is { } block)
                AddBlock(ns, block.Cidr);
            else if (peer.NamespaceSelector is { } selector)
                Add(ns, selector, peer.PodSelector ?? LabelSelector.Everything);
        }
    }

    private void AddBlock(int ns, string cidr)
    {
        if (!_blocks.TryGetValue(cidr, out var known))
        {
            if (!AddressRange.TryParseCidr(cidr, out var range, out _, out _))
                return;
            _blocks.Add(cidr, known = (range, []));
        }

        known.Namers.Add(ns);
    }

    private void Add(int ns, LabelSelector namespaces, LabelSelector pods)
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

        var ofPods = _side.TextOf(pods);
        if (!found.Pods.TryGetValue(ofPods, out var namers))
            found.Pods.Add(ofPods, namers = (pods, []));
        namers.Namers.Add(ns);
    }

    private List<OfSelector> ListOf(KeyValuePair<string, string> asked)
    {
        var (key, value) = asked;
        if (!_byLabel.TryGetValue((key, value), out var list))
            _byLabel.Add((key, value), list = []);
        return list;
    }

    /// <param name="Selector">Of namespaces.</param>
    /// <param name="Pods">The selectors of pods that stand with it, by their texts, each with the namespaces that have such a rule.</param>
    private sealed record OfSelector(LabelSelector Selector, Dictionary<string, (LabelSelector Selector, HashSet<int> Namers)> Pods);
}
