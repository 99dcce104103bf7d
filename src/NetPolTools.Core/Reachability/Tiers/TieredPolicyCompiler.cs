using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Looks up what policies name, in one direction. Not thread safe.</summary>
internal sealed class TieredPolicyCompiler(
    EndpointTable endpoints, TermResolver terms, NamedPortIndex namedPorts, PortTermResolver ports, PolicyDirection direction)
{
    /// <returns>Null where the policy does not apply to the direction, or to no endpoint.</returns>
    public CompiledPolicy? Compile(TieredPolicy policy)
    {
        if (policy.Rules(direction) is not { } list)
            return null;
        var subjects = terms.Resolve(policy.Subjects);
        return subjects.May.IsEmpty ? null : new CompiledPolicy(policy, list.Unmatched, subjects, [.. list.Rules.Select(Compile)]);
    }

    /// <summary>The ports of a rule, names looked up on one endpoint.</summary>
    public PortMatch PortsOn(int endpoint, CompiledRule rule) => ports.Resolve(rule.Rule.Ports, (name, protocol) => MeaningOn(endpoint, name, protocol));

    /// <summary>What a port name means on one endpoint.</summary>
    public PortMatch MeaningOn(int endpoint, string name, Protocol protocol)
    {
        if (endpoint == endpoints.UnknownPod)
            return new PortMatch(PortSet.None, PortSet.Of(protocol));
        return endpoint < endpoints.SelectableCount ? new PortMatch(NamedPortIndex.PortsOn(endpoints[endpoint], name, protocol)) : PortMatch.None;
    }

    public CompiledRule Compile(TrafficRule rule)
    {
        ImmutableArray<EndpointMatch> each = [.. rule.Peers.Select(peer => terms.Resolve(peer.Term))];
        var peers = each.Aggregate(EndpointMatch.Nobody, static (a, b) => a.Union(b));
        var only = rule.Only is null ? new EndpointMatch(terms.Everyone) : terms.Resolve(rule.Only);
        ImmutableArray<(string, Protocol)> names = [.. PortTermResolver.NamesIn(rule.Ports).Distinct()];
        return direction == PolicyDirection.Ingress && names.Length > 0
            ? new CompiledRule(rule, only, each, peers, [], names)
            : new CompiledRule(rule, only, each, peers, [.. Pieces(rule, peers, names)], []);
    }

    private IEnumerable<RulePiece> Pieces(TrafficRule rule, EndpointMatch peers, ImmutableArray<(string Name, Protocol Protocol)> names)
    {
        var pieces = new List<(IndexSet Among, Dictionary<(string, Protocol), PortMatch> Meanings)> { (terms.Everyone, []) };
        foreach (var name in names)
            pieces = [.. pieces.SelectMany(piece => Split(piece.Among, piece.Meanings, name))];
        foreach (var (among, meanings) in pieces)
        {
            var matched = names.IsEmpty ? peers : peers.Intersect(among);
            var resolved = ports.Resolve(rule.Ports, (name, protocol) => meanings[(name, protocol)]);
            if (!matched.May.IsEmpty && !resolved.May.IsEmpty)
                yield return new RulePiece(matched, resolved);
        }
    }

    private IEnumerable<(IndexSet, Dictionary<(string, Protocol), PortMatch>)> Split(
        IndexSet among, Dictionary<(string, Protocol), PortMatch> meanings, (string Name, Protocol Protocol) name)
    {
        var rest = among;
        var unknown = IndexSet.Range(endpoints.UnknownPod, endpoints.Count);
        (PortMatch Ports, IndexSet Pods)[] groups =
        [
            .. namedPorts.Groups(name.Name, name.Protocol).Select(static group => (new PortMatch(group.Ports), group.Pods)),
            (MeaningOn(endpoints.UnknownPod, name.Name, name.Protocol), unknown),
        ];
        foreach (var (meaning, pods) in groups)
        {
            var both = among.Intersect(pods);
            rest = rest.Except(both);
            if (!both.IsEmpty)
                yield return (both, new Dictionary<(string, Protocol), PortMatch>(meanings) { [name] = meaning });
        }

        if (!rest.IsEmpty)
            yield return (rest, new Dictionary<(string, Protocol), PortMatch>(meanings) { [name] = PortMatch.None });
    }
}
