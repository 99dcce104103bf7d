namespace NetPolTools.Objects;

/// <summary>Peers in words. One item with two selectors and two items with one each read differently, as they mean different things.</summary>
public static class PeerText
{
    /// <param name="policyNamespace">Null where the policy is not known yet.</param>
    public static string Of(NetworkPolicyPeer peer, string? policyNamespace = null)
    {
        if (peer.IPBlock is { } block)
            return $"addresses of {block}";
        if (peer is { NamespaceSelector: null, PodSelector: null })
            return "nobody";
        if (peer.NamespaceSelector is null)
            return $"{Pods(peer.PodSelector!)} of {(policyNamespace is null ? "the policy's own namespace" : $"namespace {policyNamespace}")}";

        var namespaces = peer.NamespaceSelector.SelectsEverything ? "every namespace" : $"namespaces with {peer.NamespaceSelector}";
        return peer.PodSelector is null ? $"every pod of {namespaces}" : $"{Pods(peer.PodSelector)} AND of {namespaces}";
    }

    private static string Pods(LabelSelector selector) => selector.SelectsEverything ? "every pod" : $"pods with {selector}";
}
