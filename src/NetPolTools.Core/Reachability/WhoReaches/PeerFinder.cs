using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Answers "who can reach X", or "whom can X reach", as a set, for one X after another: those with whom policies let it talk on some port, as different
/// pods. Not thread safe; any number may ask one map at a time.
/// </summary>
public sealed class PeerFinder
{
    private readonly PolicyDirection _direction;
    private readonly ReachabilityMap _map;
    private readonly WhoReachesIndex _index;
    private readonly IndexSetAccumulator _found;

    /// <param name="map">What is asked.</param>
    /// <param name="direction">Ingress for who reaches X, egress for whom X reaches.</param>
    public PeerFinder(ReachabilityMap map, PolicyDirection direction)
    {
        _map = map;
        _direction = direction;
        _index = map.WhoReaches(direction);
        _found = new IndexSetAccumulator(map.Endpoints.Count);
    }

    /// <summary>The classes on the other side, addresses outside among them. An endpoint's own class among them means other pods of it.</summary>
    /// <param name="subject">An endpoint, for its class.</param>
    public IndexSet PeersOf(int subject)
    {
        Find(subject);
        return _found.ToSet();
    }

    /// <summary>The same, to be looked at until the next question.</summary>
    internal IndexSetAccumulator Find(int subject)
    {
        _found.Clear();
        var grantors = _index.Grantors.SetsWith(_map.Classes.ClassOf(subject));
        if ((_direction == PolicyDirection.Ingress ? _map.IngressOf(subject) : _map.EgressOf(subject)) is { } ruleSet)
        {
            foreach (var block in ruleSet.Blocks)
            {
                foreach (var grant in _index.Allowed(block))
                    Add(grant, grantors);
            }

            return _found;
        }

        _found.Add(_index.OpenPeers);
        foreach (var position in grantors)
            _found.Add(_index.Grantors[position].Any);
        return _found;
    }

    /// <summary>Of the peers allowed, those that allow the subject on the same ports.</summary>
    private void Add(in GrantByPort grant, ReadOnlySpan<int> grantors)
    {
        if (grant.Dense is { } dense)
            _found.Add(dense.NotIsolated);
        else
            _found.AddBoth(grant.Peers, _index.OpenPeers);
        foreach (var position in grantors)
        {
            var named = _index.Grantors[position];
            if (grant.Ports is null)
            {
                Add(grant, named.Any);
                continue;
            }

            Add(grant, named.OnAllPorts);
            foreach (var port in grant.Ports)
                Add(grant, named.SubjectsOn(port));
        }
    }

    private void Add(in GrantByPort grant, IndexSet allowing)
    {
        if (allowing.IsEmpty)
            return;
        if (grant.Dense is { } dense)
            _found.AddBoth(allowing, dense.Bits);
        else
            _found.AddBoth(grant.Peers, allowing);
    }
}
