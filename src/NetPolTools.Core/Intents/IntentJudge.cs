using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>
/// Holds intents against what policies allow, class by class: an intent about a whole cluster costs what its exceptions cost, not its pairs. Not thread safe.
/// </summary>
/// <param name="map">Compiled from the cluster.</param>
/// <param name="everything">What intents about everything are about.</param>
internal sealed class IntentJudge(ReachabilityMap map, IndexSet everything)
{
    /// <summary>Of more pairs of classes, who reaches whom is looked up as a set first.</summary>
    private const int FewPairs = 4096;

    private readonly ClassMembers _members = new(map);
    private readonly NodeNeighbours _nodes = new(map, map.Endpoints.SelectableCount);
    private readonly ReachabilityMap _most = map.AtMost ?? map;
    private readonly Dictionary<PolicyDirection, PeerFinder> _finders = [];

    /// <summary>Whether an intent holds.</summary>
    /// <param name="sides">The intent.</param>
    /// <param name="allowances">What the file allows, for those that say "nothing else".</param>
    /// <param name="cancellation">Ends the work.</param>
    public JudgedIntent Judge(IntentSides sides, Allowances allowances, CancellationToken cancellation)
    {
        var found = new Deviations();
        var intent = sides.Intent;
        switch (intent.Kind)
        {
            case IntentKind.Allowed:
                Allowed(sides, found, cancellation);
                break;
            case IntentKind.Denied:
                foreach (var (ends, ports) in sides.To)
                    Denied(sides, ends, ports, found, cancellation);
                break;
            case IntentKind.Only:
                Allowed(sides, found, cancellation);
                foreach (var (ends, ports) in sides.To)
                    Denied(sides, ends, PortSet.All.Except(ports), found, cancellation);
                break;
            default:
                NothingElse(sides, allowances, found, cancellation);
                break;
        }

        return found.Judged() with { IsAboutSomebody = intent.Kind == IntentKind.NothingElse || HasPair(sides) };
    }

    /// <summary>Whether there are two ends: a pod that reaches itself proves nothing.</summary>
    private bool HasPair(IntentSides sides) => sides.To.Any(to => _members.Of(to.Ends).Any(
        destinations => _members.Of(sides.From).Any(sources => Pairs(sources.Members, destinations.Members, isAnyone: false, out _))));

    private void Allowed(IntentSides sides, Deviations found, CancellationToken cancellation)
    {
        var onSome = sides.Intent.OnSomePort;
        foreach (var (ends, asked) in sides.To)
        {
            foreach (var (destination, destinations) in _members.Of(ends))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (source, sources) in _members.Of(sides.From))
                {
                    if (found.IsFull)
                        return;
                    var ports = map.Between(source, destination);
                    if (IsEnough(ports))
                        continue;
                    var like = new Deviation(source, destination, onSome ? asked : asked.Except(ports), false, !IsEnough(_most.Between(source, destination)));
                    if (source < map.Endpoints.PodCount && !sources.Overlaps(HostPods))
                    {
                        Add(sources, destinations, isAnyone: false, like, found);
                        continue;
                    }

                    // A node reaches its own pods whatever policies say.
                    foreach (var one in sources)
                        Add(IndexSet.Range(one, one + 1), destinations.Except(IndexSet.Of(_nodes.PodsOf(one))), isAnyone: false, like, found);
                }
            }

            bool IsEnough(PortSet ports) => onSome ? !ports.Intersect(asked).IsEmpty : ports.Covers(asked);
        }
    }

    private IndexSet HostPods => field ??= IndexSet.Range(map.Endpoints.SelectableCount, map.Endpoints.PodCount);

    /// <summary>Nodes and what speaks with their addresses, where that reaches pods whatever policies say: few of the addresses that policies name.</summary>
    private IndexSet NodeSources => field ??= IndexSet.Of(
        Enumerable.Range(map.Endpoints.SelectableCount, map.Endpoints.Count - map.Endpoints.SelectableCount).Where(source => _nodes.PodsOf(source).Any()));

    /// <summary>The same deviation between each two ends of some, as far as there is room.</summary>
    private void Add(IndexSet sources, IndexSet destinations, bool isAnyone, Deviation like, Deviations found)
    {
        foreach (var source in sources)
        {
            // Of what a node reaches among its own pods no policy decides, nor is it meant by everything.
            var own = isAnyone && source >= map.Endpoints.SelectableCount ? IndexSet.Of(_nodes.PodsOf(source)) : IndexSet.Empty;
            foreach (var destination in destinations)
            {
                if (!found.HasRoom(like.IsCertain))
                    return;
                if (own.Contains(destination))
                    continue;
                if (Pairs(IndexSet.Range(source, source + 1), IndexSet.Range(destination, destination + 1), isAnyone, out _))
                    found.Add(like with { Source = source, Destination = destination });
            }
        }
    }

    private void Denied(IntentSides sides, IndexSet ends, PortSet asked, Deviations found, CancellationToken cancellation)
    {
        if (asked.IsEmpty)
            return;
        var (sources, destinations) = (_members.Of(sides.From), _members.Of(ends));
        var isAnyone = sides.Intent.From.IsEverything || sides.Intent.To.IsEverything;
        var areFew = (long)sources.Length * destinations.Length <= FewPairs;
        var bySource = sources.Length < destinations.Length;
        var (own, peers) = bySource ? (sources, destinations) : (destinations, sources);
        var others = areFew ? null : _members.ByClass(bySource ? ends : sides.From);
        foreach (var (ofClass, members) in own)
        {
            cancellation.ThrowIfCancellationRequested();
            var among = others is null ? peers : Reached(bySource ? PolicyDirection.Egress : PolicyDirection.Ingress, ofClass, others);
            foreach (var (peer, peerMembers) in among)
            {
                if (found.IsFull)
                    return;
                var (source, destination) = bySource ? (ofClass, peer) : (peer, ofClass);
                if (Between(source, destination, asked) is not var (sure, perhaps))
                    continue;
                var like = new Deviation(source, destination, sure.IsEmpty ? perhaps : sure, true, IsCertain: !sure.IsEmpty);
                Add(bySource ? members : peerMembers, bySource ? peerMembers : members, isAnyone, like, found);
            }
        }

        if (isAnyone)
            return;

        // A node reaches its own pods whatever policies say; who names a node means that, too.
        foreach (var source in sides.From.Intersect(NodeSources))
        {
            foreach (var pod in _nodes.PodsOf(source).Where(ends.Contains))
            {
                if (found.IsFull)
                    return;
                if (map.Between(source, pod).Intersect(asked).IsEmpty)
                    found.Add(new Deviation(source, pod, asked, true, IsCertain: true));
            }
        }
    }

    private IEnumerable<(int Class, IndexSet Members)> Reached(PolicyDirection direction, int ofClass, Dictionary<int, IndexSet> among)
    {
        foreach (var peer in Finder(direction).PeersOf(ofClass))
        {
            if (among.TryGetValue(peer, out var members))
                yield return (peer, members);
        }
    }

    private void NothingElse(IntentSides sides, Allowances allowances, Deviations found, CancellationToken cancellation)
    {
        var receives = sides.Intent.From.IsEverything && sides.Intent.From.Text == IntentWords.NothingElse;
        var direction = receives ? PolicyDirection.Ingress : PolicyDirection.Egress;
        var own = receives ? IndexSet.UnionOf([.. sides.To.Select(static to => to.Ends)]) : sides.From;
        foreach (var (ends, with) in allowances.Of(direction, own))
        {
            foreach (var (ofClass, members) in _members.Of(ends))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var peer in Finder(direction).PeersOf(ofClass))
                {
                    var (source, destination) = receives ? (peer, ofClass) : (ofClass, peer);
                    if (Between(source, destination, PortSet.All) is not var (sure, perhaps))
                        continue;
                    var peers = _members.All(peer).Intersect(everything);
                    foreach (var (ports, isCertain) in new[] { (sure, true), (perhaps, false) })
                    {
                        foreach (var (more, beyond) in ports.IsEmpty || peers.IsEmpty ? [] : Allowances.Beyond(peers, ports, with))
                        {
                            if (found.IsFull)
                                return;
                            var like = new Deviation(source, destination, beyond, true, isCertain);
                            Add(receives ? more : members, receives ? members : more, isAnyone: true, like, found);
                        }
                    }
                }
            }
        }
    }

    /// <summary>What is allowed of some ports, and what may be; null where nothing is.</summary>
    private (PortSet Sure, PortSet Perhaps)? Between(int source, int destination, PortSet asked)
    {
        var sure = map.Between(source, destination).Intersect(asked);
        var perhaps = map.AtMost is null ? PortSet.None : _most.Between(source, destination).Intersect(asked).Except(sure);
        return sure.IsEmpty && perhaps.IsEmpty ? null : (sure, perhaps);
    }

    /// <summary>Two ends of a connection: a pod that reaches itself is none, nor is one that no policy could be about.</summary>
    /// <param name="sources">Of one class.</param>
    /// <param name="destinations">Of one class.</param>
    /// <param name="isAnyone">Whether they are meant as part of everything, of which only what policies decide matters.</param>
    /// <param name="pair">The two.</param>
    private bool Pairs(IndexSet sources, IndexSet destinations, bool isAnyone, out (int Source, int Destination) pair)
    {
        pair = (sources.First, destinations.First);
        var selectable = map.Endpoints.SelectableCount;
        if (isAnyone && pair.Source >= selectable && pair.Destination >= selectable
            && map.EgressOf(pair.Source) is null && map.IngressOf(pair.Destination) is null)
        {
            return false;
        }

        if (pair.Source != pair.Destination)
            return true;
        var only = pair.Source;
        if (only < map.Endpoints.PodCount && map.Endpoints[only].MayHaveReplicas)
            return true;
        if (destinations.Count > 1)
            pair.Destination = destinations.Except(IndexSet.Range(only, only + 1)).First;
        else if (sources.Count > 1)
            pair.Source = sources.Except(IndexSet.Range(only, only + 1)).First;
        else
            return false;
        return true;
    }

    private PeerFinder Finder(PolicyDirection direction)
    {
        if (!_finders.TryGetValue(direction, out var finder))
            _finders.Add(direction, finder = new PeerFinder(_most, direction));
        return finder;
    }

    /// <summary>Deviations, as many as anybody may want to count.</summary>
    private sealed class Deviations
    {
        private const int Most = 1000;

        private readonly List<Deviation> _certain = [];
        private readonly List<Deviation> _open = [];

        /// <summary>Whether what is found suffices.</summary>
        public bool IsFull => _certain.Count > Most;

        /// <summary>Whether more would be kept.</summary>
        public bool HasRoom(bool isCertain) => (isCertain ? _certain : _open).Count <= Most;

        public void Add(Deviation deviation)
        {
            if (HasRoom(deviation.IsCertain))
                (deviation.IsCertain ? _certain : _open).Add(deviation);
        }

        public JudgedIntent Judged()
        {
            var (found, status) = _certain.Count > 0 ? (_certain, IntentStatus.Failed)
                : _open.Count > 0 ? (_open, IntentStatus.Undetermined)
                : (_open, IntentStatus.Passed);
            return new JudgedIntent(status, [.. found.Take(Most)], found.Count > Most);
        }
    }
}
