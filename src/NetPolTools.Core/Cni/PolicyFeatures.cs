using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Cni;

/// <summary>Which features policies use, and where. Rules that policyTypes switches off use nothing.</summary>
public static class PolicyFeatures
{
    public static IEnumerable<FeatureUse> Of(NetworkPolicy policy) =>
        new[] { PolicyDirection.Ingress, PolicyDirection.Egress }.Where(policy.Isolates).SelectMany(direction => Of(policy, direction));

    /// <summary>What policies use that an engine does not do, or not quite. Where nothing enforces, there is nothing to say about single features.</summary>
    public static IEnumerable<LimitedUse> Limited(IEnumerable<NetworkPolicy> policies, CniVerdict verdict)
    {
        // Where several engines enforce, what one of them does is done.
        var limits = verdict.Limits
            .Where(limit => limit.Feature != PolicyFeature.Other && verdict.Supports(limit.Feature) != FeatureSupport.Yes)
            .ToLookup(static limit => limit.Feature);
        return policies.SelectMany(Of).SelectMany(use => limits[use.Feature].Select(limit => new LimitedUse(use, limit)));
    }

    private static IEnumerable<FeatureUse> Of(NetworkPolicy policy, PolicyDirection direction)
    {
        var field = direction == PolicyDirection.Ingress ? "ingress" : "egress";
        yield return new FeatureUse(
            policy, direction, null, "spec." + field, policy.Location, direction == PolicyDirection.Ingress ? PolicyFeature.Ingress : PolicyFeature.Egress);
        var peers = direction == PolicyDirection.Ingress ? "from" : "to";
        var rules = policy.Rules(direction);
        for (var r = 0; r < rules.Count; r++)
        {
            var rule = rules[r];
            var path = $"spec.{field}[{r}]";
            for (var p = 0; p < rule.Ports?.Count; p++)
            {
                foreach (var (feature, at) in Of(rule.Ports[p]))
                    yield return new FeatureUse(policy, direction, rule, $"{path}.ports[{p}]{at}", rule.Ports[p].Location, feature);
            }

            for (var p = 0; p < rule.Peers?.Count; p++)
            {
                foreach (var (feature, at) in Of(rule.Peers[p]))
                    yield return new FeatureUse(policy, direction, rule, $"{path}.{peers}[{p}]{at}", rule.Peers[p].Location, feature);
            }
        }
    }

    private static IEnumerable<(PolicyFeature Feature, string Path)> Of(NetworkPolicyPort port)
    {
        if (port.EndPort is { } end && end != port.Port?.Number)
            yield return (PolicyFeature.EndPort, ".endPort");
        if (port.Port?.Name is not null)
            yield return (PolicyFeature.NamedPort, ".port");
        if (port.Protocol == nameof(Protocol.SCTP))
            yield return (PolicyFeature.Sctp, ".protocol");
    }

    private static IEnumerable<(PolicyFeature Feature, string Path)> Of(NetworkPolicyPeer peer)
    {
        if (peer.NamespaceSelector is not null)
            yield return (PolicyFeature.NamespaceSelector, ".namespaceSelector");
        if (peer.IPBlock is not { } block)
            yield break;
        yield return (PolicyFeature.IPBlock, ".ipBlock");
        if (block.Except.Count > 0)
            yield return (PolicyFeature.IPBlockExcept, ".ipBlock.except");
        if (block.Cidr.Contains(':'))
            yield return (PolicyFeature.IPv6, ".ipBlock.cidr");
    }
}
