using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Gives peers of one namespace's policies as the search for wider ones has them; those with the same selectors once. Not thread safe.</summary>
internal sealed class PeerTerms
{
    private const string OfNamespace = "namespace ";
    private const string OfPod = "pod ";

    private readonly Dictionary<(LabelSelector? Namespaces, LabelSelector? Pods), RulePeerTerms> _known = [];

    /// <summary>A peer as one selector over the labels of namespaces and pods together, or as a block.</summary>
    public RulePeerTerms Of(PeerSite site)
    {
        var peer = site.Peer;
        if (peer.IPBlock is { } block)
            return new RulePeerTerms(null, block, AddressRange.TryParseCidr(block.Cidr, out var range, out _, out _) ? range : default);
        if (!_known.TryGetValue((peer.NamespaceSelector, peer.PodSelector), out var terms))
            _known.Add((peer.NamespaceSelector, peer.PodSelector), terms = new RulePeerTerms(Together(peer, site.Rule.Policy.Namespace), null, default));
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

/// <summary>A peer as the search for wider ones has it.</summary>
/// <param name="Pods">Null for a block.</param>
/// <param name="Block">Null for pods.</param>
/// <param name="Range">Of the block.</param>
internal sealed record RulePeerTerms(LabelSelector? Pods, IPBlock? Block, AddressRange Range);
