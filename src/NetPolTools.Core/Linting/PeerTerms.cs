using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// Gives the selectors and blocks of one namespace's policies as the search for wider ones has them, those that say the same as one object. Not thread safe.
/// </summary>
internal sealed class PeerTerms
{
    private const string OfNamespace = "namespace ";
    private const string OfPod = "pod ";

    // Emptying costs what was ever held.
    private const int MostKept = 256;

    private readonly Dictionary<(LabelSelector? Namespaces, LabelSelector? Pods), RulePeerTerms> _known = [];
    private readonly Dictionary<string, RulePeerTerms> _pods = [];
    private readonly Dictionary<(AddressRange Range, string Except), RulePeerTerms> _blocks = [];
    private readonly Dictionary<string, LabelSelector> _subjects = [];

    /// <summary>Before the next namespace: most are small, and new tables for each would cost more than what is in them.</summary>
    public void Clear()
    {
        var isLarge = _known.Count + _blocks.Count + _subjects.Count > MostKept;
        _known.Clear();
        _pods.Clear();
        _blocks.Clear();
        _subjects.Clear();
        if (!isLarge)
            return;
        _known.TrimExcess();
        _pods.TrimExcess();
        _blocks.TrimExcess();
        _subjects.TrimExcess();
    }

    /// <summary>A podSelector.</summary>
    public LabelSelector Subjects(LabelSelector selector)
    {
        var text = selector.ToString();
        if (!_subjects.TryGetValue(text, out var known))
            _subjects.Add(text, known = selector);
        return known;
    }

    /// <summary>A peer as one selector over the labels of namespaces and pods together, or as a block.</summary>
    public RulePeerTerms Of(PeerSite site)
    {
        var peer = site.Peer;
        if (peer.IPBlock is { } block)
            return Of(block);
        if (!_known.TryGetValue((peer.NamespaceSelector, peer.PodSelector), out var terms))
        {
            var pods = Together(peer, site.Rule.Policy.Namespace);
            var text = pods.ToString();
            if (!_pods.TryGetValue(text, out terms))
                _pods.Add(text, terms = new RulePeerTerms { Pods = pods });
            _known.Add((peer.NamespaceSelector, peer.PodSelector), terms);
        }

        return terms;
    }

    private RulePeerTerms Of(IPBlock block)
    {
        var range = AddressRange.TryParseCidr(block.Cidr, out var parsed, out _, out _) ? parsed : default;
        var except = block.Except.Count == 1 ? block.Except[0] : string.Join(',', block.Except);
        if (!_blocks.TryGetValue((range, except), out var terms))
            _blocks.Add((range, except), terms = new RulePeerTerms { Block = block, Range = range });
        return terms;
    }

    private static LabelSelector Together(NetworkPolicyPeer peer, string own)
    {
        var labels = new List<KeyValuePair<string, string>>();
        var expressions = new List<LabelSelectorRequirement>();
        if (peer.NamespaceSelector is null)
            labels.Add(new(OfNamespace + Namespace.NameLabel, own));
        foreach (var (selector, owner) in new[] { (peer.NamespaceSelector, OfNamespace), (peer.PodSelector, OfPod) })
        {
            labels.AddRange((selector?.MatchLabels ?? []).Select(label => new KeyValuePair<string, string>(owner + label.Key, label.Value)));
            expressions.AddRange((selector?.MatchExpressions ?? []).Select(requirement => requirement with { Key = owner + requirement.Key }));
        }

        return new LabelSelector { MatchLabels = labels, MatchExpressions = expressions };
    }
}

/// <summary>A peer as the search for wider ones has it; equal to itself alone.</summary>
internal sealed class RulePeerTerms
{
    /// <summary>Null for a block.</summary>
    public LabelSelector? Pods { get; init; }

    /// <summary>Null for pods.</summary>
    public IPBlock? Block { get; init; }

    /// <summary>Of the block.</summary>
    public AddressRange Range { get; init; }
}
