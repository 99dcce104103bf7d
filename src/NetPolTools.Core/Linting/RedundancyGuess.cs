using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// Guesses whether some policy or rule of a namespace may be of no use. In most namespaces none is, and to be sure of it costs a hundred times as much as
/// these few comparisons, which make nothing on their way. Where it says no, nothing is of no use; where it says yes, something may be.
/// </summary>
internal static class RedundancyGuess
{
    // Each is compared with each: among more, the indexes that an answer needs cost less.
    private const int MostPolicies = 16;

    private static readonly ImmutableArray<PolicyDirection> Directions = [PolicyDirection.Ingress, PolicyDirection.Egress];

    /// <summary>What stands for the namespace of the policy where no selector of namespaces is there: it may be selected by its name as well.</summary>
    private static readonly LabelSelector Own =
        new() { MatchExpressions = [new LabelSelectorRequirement(Namespace.NameLabel, LabelSelectorRequirement.Exists, [])] };

    /// <param name="policies">Of one namespace.</param>
    public static bool IsWorthALook(IReadOnlyList<NetworkPolicy> policies)
    {
        if (policies.Count > MostPolicies)
            return true;
        for (var i = 0; i < policies.Count; i++)
        {
            foreach (var direction in Directions)
            {
                if (policies[i].Isolates(direction) && MayBeCovered(policies[i], direction, policies))
                    return true;
            }
        }

        return false;
    }

    private static bool MayBeCovered(NetworkPolicy policy, PolicyDirection direction, IReadOnlyList<NetworkPolicy> policies)
    {
        var rules = policy.Rules(direction);
        for (var r = 0; r < rules.Count; r++)
        {
            if (MayBeCovered(new RuleSite(policy, direction, r, rules[r]), policies))
                return true;
        }

        // That a default deny could go is told of none.
        return !policy.PodSelector.SelectsEverything && !Directions.Any(asked => policy.Isolates(asked) && policy.Rules(asked).Count > 0)
            && MayBeIsolated(policy, direction, policies);
    }

    private static bool MayBeIsolated(NetworkPolicy policy, PolicyDirection direction, IReadOnlyList<NetworkPolicy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (!ReferenceEquals(policies[i], policy) && policies[i].Isolates(direction) && MayCover(policies[i].PodSelector, policy.PodSelector))
                return true;
        }

        return false;
    }

    /// <summary>Whether other rules may allow what a rule allows with each of its peers on each of its ports.</summary>
    private static bool MayBeCovered(RuleSite site, IReadOnlyList<NetworkPolicy> policies)
    {
        var (peers, ports) = (site.Rule.Peers, site.Rule.Ports);

        // No items stand for everything.
        for (var peer = 0; peer < Math.Max(peers?.Count ?? 0, 1); peer++)
        {
            for (var port = 0; port < Math.Max(ports?.Count ?? 0, 1); port++)
            {
                if (!MayBeCovered(site, site.NamesNoPeer ? null : peers![peer], site.NamesNoPort ? null : ports![port], policies))
                    return false;
            }
        }

        return true;
    }

    private static bool MayBeCovered(RuleSite site, NetworkPolicyPeer? peer, NetworkPolicyPort? port, IReadOnlyList<NetworkPolicy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            var other = policies[i];
            if (!other.Isolates(site.Direction) || !MayCover(other.PodSelector, site.Policy.PodSelector))
                continue;
            var rules = other.Rules(site.Direction);
            for (var r = 0; r < rules.Count; r++)
            {
                if ((r != site.Index || !ReferenceEquals(other, site.Policy)) && MayCover(rules[r].Ports, port) && MayCover(rules[r].Peers, peer))
                    return true;
            }
        }

        return false;
    }

    private static bool MayCover(IReadOnlyList<NetworkPolicyPort>? wider, NetworkPolicyPort? narrower)
    {
        if (wider is not { Count: > 0 })
            return true;
        if (narrower is null)
            return false;
        for (var i = 0; i < wider.Count; i++)
        {
            if (PortRange.Of(wider[i]).Covers(PortRange.Of(narrower)))
                return true;
        }

        return false;
    }

    private static bool MayCover(IReadOnlyList<NetworkPolicyPeer>? wider, NetworkPolicyPeer? narrower)
    {
        if (wider is not { Count: > 0 })
            return true;
        if (narrower is null)
            return false;
        for (var i = 0; i < wider.Count; i++)
        {
            if (MayCover(wider[i], narrower))
                return true;
        }

        return false;
    }

    private static bool MayCover(NetworkPolicyPeer wider, NetworkPolicyPeer narrower)
    {
        if (wider.IPBlock is not null || narrower.IPBlock is not null)
            return wider.IPBlock is { } wide && narrower.IPBlock is { } narrow && MayCover(wide, narrow);
        return MayCover(wider.NamespaceSelector ?? Own, narrower.NamespaceSelector ?? Own)
            && MayCover(wider.PodSelector ?? LabelSelector.Everything, narrower.PodSelector ?? LabelSelector.Everything);
    }

    private static bool MayCover(IPBlock wider, IPBlock narrower) =>
        AddressRange.TryParseCidr(wider.Cidr, out var wide, out _, out _) && AddressRange.TryParseCidr(narrower.Cidr, out var narrow, out _, out _)
            && wide.Contains(narrow) && GrantSites.Covers(wider, narrower, narrow);

    /// <summary>A selector that matches all that another one matches asks about no label that the other does not ask about.</summary>
    private static bool MayCover(LabelSelector wider, LabelSelector narrower)
    {
        if (ReferenceEquals(wider, narrower))
            return true;
        for (var i = 0; i < wider.MatchLabels.Count; i++)
        {
            var (key, value) = wider.MatchLabels[i];
            if (!(narrower.MatchExpressions.Count == 0 ? Has(narrower, key, value) : Asks(narrower, key)))
                return false;
        }

        for (var i = 0; i < wider.MatchExpressions.Count; i++)
        {
            // Not to be one of no values asks nothing.
            var asked = wider.MatchExpressions[i];
            if (asked is not { Operator: LabelSelectorRequirement.NotIn, Values.Count: 0 } && !Asks(narrower, asked.Key))
                return false;
        }

        return true;
    }

    private static bool Has(LabelSelector selector, string key, string value)
    {
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            if (selector.MatchLabels[i].Key == key && selector.MatchLabels[i].Value == value)
                return true;
        }

        return false;
    }

    private static bool Asks(LabelSelector selector, string key)
    {
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            if (selector.MatchLabels[i].Key == key)
                return true;
        }

        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            if (selector.MatchExpressions[i].Key == key)
                return true;
        }

        return false;
    }
}
