using NetPolTools.Authoring;
using NetPolTools.Editing;
using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Sources;

namespace NetPolTools.Repairing;

/// <summary>Changes that may let subjects and peers talk in one direction. Whether they do, and what else they do, is for a comparison to say.</summary>
internal sealed class OpeningSteps
{
    private readonly RepairSide _side;
    private readonly RepairPeers _peers;
    private readonly IReadOnlyList<string> _blocks;
    private readonly IReadOnlyList<NetworkPolicyPort>? _ports;
    private readonly NetworkPolicy[] _policies;
    private readonly IReadOnlyList<RepairStep> _added;

    /// <param name="side">What is to be repaired.</param>
    /// <param name="peers">Writes peers.</param>
    /// <param name="blocks">The blocks that addresses were asked about as.</param>
    /// <param name="names">Gives names to new policies.</param>
    public OpeningSteps(RepairSide side, RepairPeers peers, IReadOnlyList<string> blocks, NewPolicyNames names)
    {
        (_side, _peers, _blocks) = (side, peers, blocks);
        _ports = PolicyPorts.Of(side.Ports);
        _policies = [.. side.PoliciesOfAll()];
        _added = Policies(names);
    }

    /// <summary>Ways, each of all its steps together; the smaller first. Each is made when it is asked for: thousands of policies may select the subjects, and
    /// few ways are tried.</summary>
    public IEnumerable<IReadOnlyList<RepairStep>> All()
    {
        var rules = _policies.SelectMany(policy => policy.Rules(_side.Direction).Select((rule, index) => (policy, rule, index)));
        return new[]
        {
            rules.Select(found => Port(found.policy, found.rule, found.index)),
            rules.Select(found => Peer(found.policy, found.rule, found.index)),
            rules.SelectMany(found => Labels(found.policy, found.rule)),
            _policies.Select(Rule),
        }.SelectMany(static ways => ways).OfType<RepairStep>().Select(static step => (IReadOnlyList<RepairStep>)[step])
            .Concat(_added.Count > 0 ? new[] { _added } : []);
    }

    /// <summary>The last of the ways, of which there has to be one.</summary>
    public IReadOnlyList<RepairStep> Last() => _added.Count > 0 ? _added : All().Last();

    private RepairStep? Port(NetworkPolicy policy, NetworkPolicyRule rule, int index)
    {
        if (rule.Ports is not { Count: > 0 } || _ports is null)
            return null;
        var covered = _side.PeersOf(policy, rule);
        if (rule.Peers is { Count: > 0 } && !_side.Peers.Except(IndexSet.UnionOf(covered)).IsEmpty)
            return null;
        var missing = PolicyPorts.Of(_side.Ports.Except(_side.PortsOf(rule)));
        if (missing is not { Count: > 0 })
            return null;
        var path = $"spec.{_side.Field}[{index}]";
        return new RepairStep(RepairKind.AddPort, policy.Reference, $"Add {string.Join(", ", missing)} to the ports of {path}.")
        {
            Location = policy.Location,
            Change = written => WithRule(written, index, found => found with { Ports = [.. found.Ports!, .. missing] }),
            Patch = Patch(missing.Select(port => ($"/spec/{_side.Field}/{index}/ports/-", ShortYaml.Port(port)))),
            Edits = [.. missing.Select(port => new AddedItem($"{path}.ports", ShortYaml.Port(port)))],
        };
    }

    private RepairStep? Peer(NetworkPolicy policy, NetworkPolicyRule rule, int index)
    {
        if (rule.Peers is not { Count: > 0 } || !_side.PortsOf(rule).Covers(_side.Ports) || Peers(policy) is not { } added)
            return null;
        var path = $"spec.{_side.Field}[{index}]";
        return new RepairStep(RepairKind.AddPeer, policy.Reference, $"Add {string.Join(" and ", added)} to the peers of {path}.")
        {
            Location = policy.Location,
            Change = written => WithRule(written, index, found => found with { Peers = [.. found.Peers!, .. added] }),
            Patch = Patch(added.Select(peer => ($"/spec/{_side.Field}/{index}/{_side.PeerField}/-", ShortYaml.Peer(peer)))),
            Edits = [.. added.Select(peer => new AddedItem($"{path}.{_side.PeerField}", ShortYaml.Peer(peer)))],
        };
    }

    private RepairStep? Rule(NetworkPolicy policy)
    {
        if (Peers(policy) is not { } added)
            return null;
        var rule = new NetworkPolicyRule { Peers = added, Ports = _ports };
        var text = ShortYaml.Rule(rule, _side.Direction);
        var written = _side.Direction == PolicyDirection.Ingress ? policy.Ingress : policy.Egress;
        return new RepairStep(RepairKind.AddRule, policy.Reference, $"Add a rule to spec.{_side.Field}: {rule}.")
        {
            Location = policy.Location,
            Change = found => _side.Direction == PolicyDirection.Ingress
                ? found with { Ingress = [.. found.Ingress ?? [], rule] }
                : found with { Egress = [.. found.Egress ?? [], rule] },
            Patch = written is null ? Patch([($"/spec/{_side.Field}", $"[{text}]")]) : Patch([($"/spec/{_side.Field}/-", text)]),
            Edits = PolicyEdits.AddRules(policy, _side.Direction, [rule]),
        };
    }

    /// <summary>Labels that make the other end one that a rule lets in already. A label that is there with another value stays: others go by it.</summary>
    private IEnumerable<RepairStep> Labels(NetworkPolicy policy, NetworkPolicyRule rule)
    {
        var endpoints = _side.Map.Endpoints;
        if (!_side.PortsOf(rule).Covers(_side.Ports) || !_side.Peers.Slice(endpoints.SelectableCount, endpoints.Count).IsEmpty)
            yield break;
        var owner = endpoints[_side.Peers.First].Owner;
        var pods = new List<ObjectReference>();
        foreach (var peer in _side.Peers)
        {
            if (endpoints[peer].Owner != owner)
                yield break;
            pods.Add(endpoints[peer].Reference);
        }

        var labels = endpoints[_side.Peers.First].Labels;
        foreach (var peer in rule.Peers ?? [])
        {
            if (peer.PodSelector is not { MatchExpressions.Count: 0 } selector || !IsNamespaceMeant(policy, peer, owner.Namespace!))
                continue;
            LabelChange[] missing =
            [
                .. selector.MatchLabels.Where(label => !labels.TryGet(label.Key, out _)).Select(static label => new LabelChange(label.Key, label.Value)),
            ];
            if (missing.Length == 0 || selector.MatchLabels.Any(label => labels.TryGet(label.Key, out var value) && value != label.Value))
                continue;
            yield return Label(owner, pods, missing);
        }
    }

    private RepairStep Label(ObjectReference owner, List<ObjectReference> pods, LabelChange[] missing)
    {
        var snapshot = _side.Map.Snapshot;
        var isPod = owner.Kind == Pod.KindName;
        var path = isPod ? "metadata.labels" : owner.Kind == "CronJob" ? "spec.jobTemplate.spec.template.metadata.labels" : "spec.template.metadata.labels";
        var location = isPod
            ? snapshot.Pods.FirstOrDefault(pod => pod.Reference == owner)?.Location
            : snapshot.Workloads.FirstOrDefault(workload => workload.Reference == owner)?.Location;
        return new RepairStep(
            RepairKind.AddLabel, owner, $"Give its pods the label {string.Join(" and ", missing.Select(static label => label.ToString()))}.")
        {
            Labels = missing,
            Relabelled = [owner, .. pods],
            Location = location ?? default,
            Patch = Patch(missing.Select(label =>
                ($"/{path.Replace('.', '/')}/{label.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
                    ShortYaml.Scalar(label.Value!)))),
            Edits = [.. missing.Select(label => new AddedField(path, label.Key, ShortYaml.Scalar(label.Value!)))],
        };
    }

    private bool IsNamespaceMeant(NetworkPolicy policy, NetworkPolicyPeer peer, string ns) => peer.NamespaceSelector is { } selector
        ? _side.Map.Snapshot.Namespaces.FirstOrDefault(known => known.Name == ns) is { } found && selector.Matches(found.Metadata.Labels)
        : policy.Namespace == ns;

    private IReadOnlyList<RepairStep> Policies(NewPolicyNames names)
    {
        if (_peers.Peers(_side.Peers, _side.Namespace, _blocks) is not { } added)
            return [];
        var rule = new NetworkPolicyRule { Peers = added, Ports = _ports };
        return [.. _peers.Selectors(_side.Subjects).Select(selector =>
        {
            var policy = new NetworkPolicy(new ObjectMetadata { Name = names.Next(_side, "allow"), Namespace = _side.Namespace })
            {
                PodSelector = selector,
                PolicyTypes = [_side.Direction.ToString()],
                Ingress = _side.Direction == PolicyDirection.Ingress ? [rule] : null,
                Egress = _side.Direction == PolicyDirection.Egress ? [rule] : null,
            };
            return new RepairStep(RepairKind.AddPolicy, policy.Reference, $"Add a policy for {_side.Field}: {rule}.") { NewPolicy = policy };
        })];
    }

    private IReadOnlyList<NetworkPolicyPeer>? Peers(NetworkPolicy policy) => _peers.Peers(_side.Peers, policy.Namespace, _blocks);

    private NetworkPolicy WithRule(NetworkPolicy policy, int index, Func<NetworkPolicyRule, NetworkPolicyRule> change) =>
        RuleChanges.Of(policy, _side.Direction, [.. policy.Rules(_side.Direction).Select((rule, i) => i == index ? change(rule) : rule)]);

    private static string Patch(IEnumerable<(string Path, string Value)> added) =>
        $"[{string.Join(", ", added.Select(static change => $"{{op: add, path: {ShortYaml.Quoted(change.Path)}, value: {change.Value}}}"))}]";
}
