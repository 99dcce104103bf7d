using NetPolTools.Authoring;
using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Sources;

namespace NetPolTools.Repairing;

/// <summary>
/// Changes that may keep subjects and peers from talking in one direction. Each of them takes away what every rule of these policies grants; whether that
/// suffices, and what else it does, is for a comparison to say.
/// </summary>
/// <param name="side">What is to be repaired.</param>
/// <param name="peers">Writes peers.</param>
/// <param name="blocks">The blocks that addresses were asked about as; empty for none.</param>
/// <param name="names">Gives names to new policies.</param>
internal sealed class ClosingSteps(RepairSide side, RepairPeers peers, IReadOnlyList<string> blocks, NewPolicyNames names)
{
    /// <summary>Ways, each of all its steps together.</summary>
    public IReadOnlyList<IReadOnlyList<RepairStep>> All()
    {
        NetworkPolicy[] policies = [.. side.Policies()];
        return
        [
            .. new[] { Narrowed(policies, WithoutPeers), Narrowed(policies, (_, rule) => WithoutPorts(rule)), Narrowed(policies, WithoutBoth) }
                .OfType<IReadOnlyList<RepairStep>>(),
            .. policies.Length == 0 ? Isolated() : [],
        ];
    }

    /// <summary>A step for each policy of which a rule allows something of it; null where there is none, or one of its rules cannot be narrowed so.</summary>
    private List<RepairStep>? Narrowed(NetworkPolicy[] policies, Func<NetworkPolicy, NetworkPolicyRule, IReadOnlyList<NetworkPolicyRule>?> narrow)
    {
        var steps = new List<RepairStep>();
        foreach (var policy in policies)
        {
            var rules = new List<NetworkPolicyRule>();
            var told = new List<string>();
            var removed = new List<int>();
            var index = 0;
            foreach (var rule in policy.Rules(side.Direction))
            {
                var path = $"spec.{side.Field}[{index++}]";
                if (!Allows(policy, rule))
                {
                    rules.Add(rule);
                    continue;
                }

                if (narrow(policy, rule) is not { } narrowed)
                    return null;
                rules.AddRange(narrowed);
                if (narrowed.Count == 0)
                    removed.Add(index - 1);
                told.Add(narrowed.Count == 0 ? $"Remove {path}." : $"Make {path} {string.Join(", and ", narrowed)}.");
            }

            if (told.Count == 0)
                continue;
            var text = $"[{string.Join(", ", rules.Select(rule => ShortYaml.Rule(rule, side.Direction)))}]";
            steps.Add(new RepairStep(RepairKind.NarrowRule, policy.Reference, string.Join(' ', told))
            {
                Location = policy.Location,
                Change = found => RuleChanges.Of(found, side.Direction, rules),
                Patch = $"[{{op: replace, path: {ShortYaml.Quoted($"/spec/{side.Field}")}, value: {text}}}]",
                Edits = removed.Count == told.Count ? [.. removed.OrderDescending().Select(rule => new RemovedItem($"spec.{side.Field}", rule))] : [],
            });
        }

        return steps.Count == 0 ? null : steps;
    }

    private bool Allows(NetworkPolicy policy, NetworkPolicyRule rule) =>
        !side.PortsOf(rule).Intersect(side.Ports).IsEmpty
        && (rule.Peers is not { Count: > 0 } || IndexSet.UnionOf(side.PeersOf(policy, rule)).Overlaps(side.Peers));

    /// <summary>Without every peer that matches one of the peers asked about.</summary>
    private IReadOnlyList<NetworkPolicyRule>? WithoutPeers(NetworkPolicy policy, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 } written)
            return null;
        var matched = side.PeersOf(policy, rule);
        NetworkPolicyPeer[] left = [.. written.Where((_, i) => !matched[i].Overlaps(side.Peers))];
        return left.Length == 0 ? [] : [rule with { Peers = left }];
    }

    /// <summary>Without the ports asked about. A port that is named stays where it is none of these.</summary>
    private IReadOnlyList<NetworkPolicyRule>? WithoutPorts(NetworkPolicyRule rule) => Ports(rule) is not { } ports ? null
        : ports.Count == 0 ? []
        : [rule with { Ports = ports }];

    /// <summary>Split: everyone else on all its ports, and those asked about on the others.</summary>
    private IReadOnlyList<NetworkPolicyRule>? WithoutBoth(NetworkPolicy policy, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 } written || Ports(rule) is not { } ports)
            return null;
        var matched = side.PeersOf(policy, rule);
        var others = new List<NetworkPolicyPeer>();
        for (var i = 0; i < written.Count; i++)
        {
            if (!matched[i].Overlaps(side.Peers))
                others.Add(written[i]);
            else if (ExceptPeers(written[i]) is { } narrowed)
                others.AddRange(narrowed);
            else
                return null;
        }

        // A rule without peers would let in everybody.
        NetworkPolicyRule[] left = others.Count == 0 ? [] : [rule with { Peers = others }];
        var rest = peers.Peers(side.Peers, policy.Namespace, blocks);
        return rest is null || ports.Count == 0 ? left : [.. left, new NetworkPolicyRule { Peers = rest, Ports = ports }];
    }

    /// <summary>
    /// The peer without those asked about, by one label that the pods have, or as a block without the addresses; none where nobody is left. Null where no
    /// peer says that.
    /// </summary>
    private IReadOnlyList<NetworkPolicyPeer>? ExceptPeers(NetworkPolicyPeer peer)
    {
        if (peer.IPBlock is { } block)
            return AreAddresses ? ExceptBlocks(block) : null;
        if (OwnLabel() is not { } label)
            return null;
        var selector = peer.PodSelector ?? LabelSelector.Everything;
        return selector.MatchLabels.Contains(label) ? [] : [peer with { PodSelector = Without(selector, label) }];
    }

    private static LabelSelector Without(LabelSelector selector, KeyValuePair<string, string> label) => selector with
    {
        MatchExpressions = [.. selector.MatchExpressions, new LabelSelectorRequirement(label.Key, LabelSelectorRequirement.NotIn, [label.Value])],
    };

    private IReadOnlyList<NetworkPolicyPeer> ExceptBlocks(IPBlock block)
    {
        var whole = AddressPartition.ParseCidr(block.Cidr);
        if (blocks.Any(asked => AddressPartition.ParseCidr(asked).Contains(whole)))
            return [];
        var without = blocks.Where(asked => whole.Contains(AddressPartition.ParseCidr(asked)));
        return [new NetworkPolicyPeer { IPBlock = new IPBlock(block.Cidr, [.. block.Except.Concat(without).Distinct()]) }];
    }

    /// <summary>Whether all that is asked about are addresses, and as which blocks is known.</summary>
    private bool AreAddresses =>
        blocks.Count > 0 && side.Peers.Slice(side.Map.Endpoints.PodCount, side.Map.Endpoints.UnknownPod).Count == side.Peers.Count;

    /// <summary>A label that the pods asked about have in common; null where they are not pods alone, are of several namespaces, or share none.</summary>
    private KeyValuePair<string, string>? OwnLabel()
    {
        if (!side.Peers.Slice(side.Map.Endpoints.SelectableCount, side.Map.Endpoints.Count).IsEmpty)
            return null;
        var ns = side.Map.Endpoints[side.Peers.First].Namespace;
        foreach (var peer in side.Peers)
        {
            if (side.Map.Endpoints[peer].Namespace != ns)
                return null;
        }

        return peers.Selectors(side.Peers) is [{ MatchLabels: [var label], MatchExpressions.Count: 0 }] ? label : null;
    }

    /// <summary>The rule's ports without those asked about; null where a name stands for more than these.</summary>
    private IReadOnlyList<NetworkPolicyPort>? Ports(NetworkPolicyRule rule)
    {
        var left = side.PortsOf(rule).Intersect(PortSet.All).Except(side.Ports);
        if (rule.Ports?.Any(static port => port.Port?.Name is not null) == true && !left.IsEmpty)
            return null;
        return PolicyPorts.Of(left) ?? [];
    }

    /// <summary>
    /// Subjects that no policy isolates get one that lets in everybody else. Where pods are to be kept out, that is everybody in the cluster: a block of all
    /// addresses would match these pods, too.
    /// </summary>
    private IEnumerable<IReadOnlyList<RepairStep>> Isolated()
    {
        if (Others() is not var (others, told))
            yield break;
        NetworkPolicyRule[] rules =
        [
            new() { Peers = others },
            .. PolicyPorts.Of(PortSet.All.Except(side.Ports)) is { Count: > 0 } ports && peers.Peers(side.Peers, side.Namespace, blocks) is { } rest
                ? new[] { new NetworkPolicyRule { Peers = rest, Ports = ports } } : [],
        ];
        yield return
        [
            .. peers.Selectors(side.Subjects).Select(selector =>
            {
                var policy = new NetworkPolicy(new ObjectMetadata { Name = names.Next(side, "deny"), Namespace = side.Namespace })
                {
                    PodSelector = selector,
                    PolicyTypes = [side.Direction.ToString()],
                    Ingress = side.Direction == PolicyDirection.Ingress ? rules : null,
                    Egress = side.Direction == PolicyDirection.Egress ? rules : null,
                };
                return new RepairStep(RepairKind.AddPolicy, policy.Reference, $"Add a policy for {side.Field} that allows {told}.") { NewPolicy = policy };
            }),
        ];
    }

    /// <summary>Everybody but those asked about, as peers and in words; null where no peers say that.</summary>
    private (NetworkPolicyPeer[] Peers, string Told)? Others()
    {
        if (AreAddresses)
        {
            var everywhere = new[] { AddressRange.AllIPv4, AddressRange.AllIPv6 }.Select(static range => new IPBlock(range.ToCidr(), []));
            return ([new NetworkPolicyPeer { NamespaceSelector = LabelSelector.Everything }, .. everywhere.SelectMany(ExceptBlocks)],
                $"everything but {string.Join(", ", blocks)}");
        }

        if (OwnLabel() is not { } label)
            return null;
        var ns = side.Map.Endpoints[side.Peers.First].Namespace;
        var others = Without(LabelSelector.Everything, label);
        return (
            [
                new NetworkPolicyPeer { NamespaceSelector = NamespaceSelectors.NotNamed([ns]) },
                new NetworkPolicyPeer { NamespaceSelector = ns == side.Namespace ? null : NamespaceSelectors.Named(ns), PodSelector = others },
            ],
            "the other pods of the cluster alone");
    }
}
