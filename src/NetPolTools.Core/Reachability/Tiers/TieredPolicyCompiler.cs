using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Looks up what policies name, in one direction. Thread safe.</summary>
internal sealed class TieredPolicyCompiler(
    EndpointTable endpoints, TermResolver terms, NamedPortIndex namedPorts, PortTermResolver ports, PolicyDirection direction)
{
    // Up to so many peers are held against each other one by one.
    private const int MostCompared = 8;

    private readonly Dictionary<(CompiledRule Rule, int Node), CompiledRule> _byNode = new(ByReference.Instance);

    /// <returns>Null where the policy does not apply to the direction, or to no endpoint.</returns>
    public CompiledPolicy? Compile(TieredPolicy policy)
    {
        if (policy.Rules(direction) is not { } list)
            return null;
        var subjects = terms.Resolve(policy.Subjects);
        if (subjects.May.IsEmpty)
            return null;
        var rules = ImmutableArray.CreateBuilder<CompiledRule>(list.Rules.Length);
        foreach (var rule in list.Rules)
            rules.Add(Compile(rule));
        return new CompiledPolicy(policy, list.Unmatched, subjects, rules.MoveToImmutable());
    }

    /// <summary>The ports of a rule, names looked up on one endpoint.</summary>
    public PortMatch PortsOn(int endpoint, CompiledRule rule) => ports.Resolve(
        rule.Rule.Ports, (name, protocol) => For(rule.Rule.Action, protocol, MeaningOn(endpoint, name, protocol)));

    /// <summary>
    /// A pod to come may give its ports the names that let traffic in, and none that denies it: no pod that exists has a name on every port.
    /// </summary>
    private static PortMatch For(RuleAction action, Protocol protocol, PortMatch meaning) =>
        action == RuleAction.Allow || !meaning.Must.Equals(PortSet.Of(protocol)) ? meaning
        : action == RuleAction.Deny ? PortMatch.None
        : meaning with { Must = PortSet.None };

    /// <summary>What a port name means on one endpoint.</summary>
    public PortMatch MeaningOn(int endpoint, string name, Protocol protocol)
    {
        if (endpoint == endpoints.UnknownPod)
            return new PortMatch(PortSet.None, PortSet.Of(protocol));
        return endpoint < endpoints.SelectableCount ? new PortMatch(NamedPortIndex.PortsOn(endpoints[endpoint], name, protocol)) : PortMatch.None;
    }

    /// <summary>A rule as it is for a subject: its own node may be among the peers. Thread safe.</summary>
    public CompiledRule For(int subject, CompiledRule rule)
    {
        if (!rule.GoesByNode || terms.NodeOf(subject) is not (var node and not NodeEndpoints.Unknown))
            return rule;
        lock (_byNode)
        {
            if (!_byNode.TryGetValue((rule, node), out var made))
                _byNode.Add((rule, node), made = Compile(rule.Rule, node));
            return made;
        }
    }

    /// <inheritdoc cref="TermResolver.Both"/>
    public IndexSet Both(IndexSet a, IndexSet b) => terms.Both(a, b);

    /// <inheritdoc cref="TermResolver.NodeOf"/>
    public int NodeOf(int endpoint) => terms.NodeOf(endpoint);

    /// <inheritdoc cref="TermResolver.NodeSplitters"/>
    public IEnumerable<IndexSet> NodeSplitters() => terms.NodeSplitters();

    public CompiledRule Compile(TrafficRule rule) => Compile(rule, NodeEndpoints.Unknown);

    private CompiledRule Compile(TrafficRule rule, int node)
    {
        var (each, places) = PeersOf(rule, node);
        var only = rule.Only is null ? new EndpointMatch(terms.Everyone) : terms.Resolve(rule.Only);
        var (names, all) = ports.Resolve(rule.Ports);
        if (all is { } same)
            return new CompiledRule(rule, only, each, Grants(each, same), []) { PlacesOfPeers = places };
        if (direction == PolicyDirection.Ingress)
            return new CompiledRule(rule, only, each, [], names) { PlacesOfPeers = places };
        var peers = EndpointMatch.UnionOf(each);
        return new CompiledRule(rule, only, each, [.. Pieces(rule, peers, names)], [])
        {
            PlacesOfPeers = places,
            Peers = peers,
            IsCutByNames = true,
        };
    }

    /// <summary>Who matches each of its peers; equal ones once, and then the place of each peer's among them.</summary>
    private (ImmutableArray<EndpointMatch> Each, int[]? Places) PeersOf(TrafficRule rule, int node)
    {
        if (rule.Peers.Length == 1)
            return ([terms.Resolve(rule.Peers[0].Term, node)], null);
        var found = ImmutableArray.CreateBuilder<EndpointMatch>(rule.Peers.Length);
        var numbers = rule.Peers.Length > MostCompared ? new Dictionary<EndpointMatch, int>() : null;
        int[]? places = null;
        for (var i = 0; i < rule.Peers.Length; i++)
        {
            var match = terms.Resolve(rule.Peers[i].Term, node);
            var place = numbers is null ? found.IndexOf(match) : numbers.GetValueOrDefault(match, -1);
            if (place < 0)
            {
                place = found.Count;
                found.Add(match);
                numbers?.Add(match, place);
            }
            else
            {
                places ??= [.. Enumerable.Range(0, rule.Peers.Length)];
            }

            if (places is not null)
                places[i] = place;
        }

        return (found.DrainToImmutable(), places);
    }

    /// <summary>Each of the peers with all of the ports, none of which goes by a name.</summary>
    private static ImmutableArray<RulePiece> Grants(ImmutableArray<EndpointMatch> peers, PortMatch ports)
    {
        if (ports.May.IsEmpty)
            return [];
        if (peers.Length == 1)
            return peers[0].May.IsEmpty ? [] : [new RulePiece(peers[0], ports)];
        var pieces = ImmutableArray.CreateBuilder<RulePiece>(peers.Length);
        foreach (var match in peers)
        {
            if (!match.May.IsEmpty)
                pieces.Add(new RulePiece(match, ports));
        }

        return pieces.DrainToImmutable();
    }

    private sealed class ByReference : IEqualityComparer<(CompiledRule Rule, int Node)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((CompiledRule Rule, int Node) x, (CompiledRule Rule, int Node) y) => ReferenceEquals(x.Rule, y.Rule) && x.Node == y.Node;

        public int GetHashCode((CompiledRule Rule, int Node) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Rule), key.Node);
    }

    private IEnumerable<RulePiece> Pieces(TrafficRule rule, EndpointMatch peers, ImmutableArray<(string Name, Protocol Protocol)> names)
    {
        var pieces = new List<(IndexSet Among, Dictionary<(string, Protocol), PortMatch> Meanings)> { (terms.Everyone, []) };
        foreach (var name in names)
            pieces = [.. pieces.SelectMany(piece => Split(rule, piece.Among, piece.Meanings, name))];
        foreach (var (among, meanings) in pieces)
        {
            var matched = peers.Intersect(among);
            var resolved = ports.Resolve(rule.Ports, (name, protocol) => meanings[(name, protocol)]);
            if (!matched.May.IsEmpty && !resolved.May.IsEmpty)
                yield return new RulePiece(matched, resolved);
        }
    }

    private IEnumerable<(IndexSet, Dictionary<(string, Protocol), PortMatch>)> Split(
        TrafficRule rule, IndexSet among, Dictionary<(string, Protocol), PortMatch> meanings, (string Name, Protocol Protocol) name)
    {
        var rest = among;
        var unknown = IndexSet.Range(endpoints.UnknownPod, endpoints.UnknownPod + 1);
        (PortMatch Ports, IndexSet Pods)[] groups =
        [
            .. namedPorts.Groups(name.Name, name.Protocol).Select(group => (For(rule.Action, name.Protocol, new PortMatch(group.Ports)), group.Pods)),
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
