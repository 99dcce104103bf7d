using System.Collections.Immutable;
using System.Numerics;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Cni;

/// <summary>Which features policies use, and where. Rules that policyTypes switches off use nothing.</summary>
public static class PolicyFeatures
{
    private static readonly ImmutableArray<PolicyDirection> Directions = [PolicyDirection.Ingress, PolicyDirection.Egress];

    /// <summary>What policies use that an engine does not do, or not quite. Where nothing enforces, there is nothing to say about single features.</summary>
    public static IEnumerable<LimitedUse> Limited(IEnumerable<NetworkPolicy> policies, CniVerdict verdict)
    {
        // Where several engines enforce, what one of them does is done.
        var limits = verdict.Limits
            .Where(limit => limit.Feature != PolicyFeature.Other && verdict.Supports(limit.Feature) != FeatureSupport.Yes)
            .ToLookup(static limit => limit.Feature);
        var asked = limits.Aggregate(0UL, static (bits, limit) => bits | Bit(limit.Key));
        return asked == 0
            ? []
            : policies.SelectMany(policy => Of(policy, asked)).SelectMany(use => limits[use.Feature].Select(limit => new LimitedUse(use, limit)));
    }

    private static List<FeatureUse> Of(NetworkPolicy policy, ulong asked)
    {
        List<FeatureUse> uses = [];
        foreach (var direction in Directions)
        {
            if (policy.Isolates(direction))
                AddUses(uses, policy, direction, asked);
        }

        return uses;
    }

    // Nothing is made of features that are not asked about: most policies of a cluster have none that are.
    private static void AddUses(List<FeatureUse> to, NetworkPolicy policy, PolicyDirection direction, ulong asked)
    {
        var (field, peers, isolates) = direction == PolicyDirection.Ingress
            ? ("ingress", "from", PolicyFeature.Ingress)
            : ("egress", "to", PolicyFeature.Egress);
        if ((asked & Bit(isolates)) != 0)
            to.Add(new FeatureUse(policy, direction, null, "spec." + field, policy.Location, isolates));
        var rules = policy.Rules(direction);
        for (var r = 0; r < rules.Count; r++)
        {
            var rule = rules[r];
            for (var p = 0; p < rule.Ports?.Count; p++)
            {
                foreach (var feature in Features(UsedBy(rule.Ports[p]) & asked))
                    Add(feature, "ports", p, rule.Ports[p].Location);
            }

            for (var p = 0; p < rule.Peers?.Count; p++)
            {
                foreach (var feature in Features(UsedBy(rule.Peers[p]) & asked))
                    Add(feature, peers, p, rule.Peers[p].Location);
            }

            void Add(PolicyFeature feature, string list, int at, SourceLocation location) =>
                to.Add(new FeatureUse(policy, direction, rule, $"spec.{field}[{r}].{list}[{at}]{FieldOf(feature)}", location, feature));
        }
    }

    private static ulong UsedBy(NetworkPolicyPort port) =>
        Bit(PolicyFeature.EndPort, port.EndPort is { } end && end != port.Port?.Number)
        | Bit(PolicyFeature.NamedPort, port.Port?.Name is not null)
        | Bit(PolicyFeature.Sctp, port.Protocol == nameof(Protocol.SCTP));

    private static ulong UsedBy(NetworkPolicyPeer peer) =>
        Bit(PolicyFeature.NamespaceSelector, peer.NamespaceSelector is not null)
        | (peer.IPBlock is not { } block
            ? 0
            : Bit(PolicyFeature.IPBlock)
                | Bit(PolicyFeature.IPBlockExcept, block.Except.Count > 0)
                | Bit(PolicyFeature.IPv6, block.Cidr.Contains(':')));

    /// <summary>The field of a port or peer that uses a feature.</summary>
    private static string FieldOf(PolicyFeature feature) => feature switch
    {
        PolicyFeature.EndPort => ".endPort",
        PolicyFeature.NamedPort => ".port",
        PolicyFeature.Sctp => ".protocol",
        PolicyFeature.NamespaceSelector => ".namespaceSelector",
        PolicyFeature.IPBlock => ".ipBlock",
        PolicyFeature.IPBlockExcept => ".ipBlock.except",
        _ => ".ipBlock.cidr",
    };

    /// <summary>In the order of their numbers.</summary>
    private static IEnumerable<PolicyFeature> Features(ulong bits)
    {
        return bits == 0 ? [] : All(bits);

        static IEnumerable<PolicyFeature> All(ulong bits)
        {
            for (; bits != 0; bits &= bits - 1)
                yield return (PolicyFeature)BitOperations.TrailingZeroCount(bits);
        }
    }

    private static ulong Bit(PolicyFeature feature, bool isUsed = true) => isUsed ? 1UL << (int)feature : 0;
}
