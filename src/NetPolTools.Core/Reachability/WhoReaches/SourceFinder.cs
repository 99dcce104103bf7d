using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Answers "who can reach X" as a set, for one X after another: sources that policies let reach it on some port, as different pods. Not thread safe; any
/// number may ask one map at a time.
/// </summary>
public sealed class SourceFinder
{
    private readonly ReachabilityMap _map;
    private readonly WhoReachesIndex _index;
    private readonly IndexSetAccumulator _found;

    public SourceFinder(ReachabilityMap map)
    {
        _map = map;
        _index = map.WhoReaches;
        _found = new IndexSetAccumulator(map.Endpoints.Count);
    }

    /// <summary>The classes that reach a destination, addresses outside among them. Its own class among them means other pods of it.</summary>
    /// <param name="destination">An endpoint, for its class.</param>
    public IndexSet SourcesOf(int destination)
    {
        Find(destination);
        return _found.ToSet();
    }

    /// <summary>The same, to be looked at until the next question.</summary>
    internal IndexSetAccumulator Find(int destination)
    {
        _found.Clear();
        var grantors = _index.EgressGrantors.SetsWith(_map.Classes.ClassOf(destination));
        if (_map.IngressOf(destination) is { } ingress)
        {
            foreach (var block in ingress.Blocks)
            {
                foreach (var grant in _index.Received(block))
                    Add(grant, grantors);
            }

            return _found;
        }

        _found.Add(_index.NotIsolatedForEgress);
        foreach (var position in grantors)
            _found.Add(_index.EgressGrantors[position].Any);
        return _found;
    }

    /// <summary>Of the peers let in, those that may send on the same ports.</summary>
    private void Add(in GrantByPort grant, ReadOnlySpan<int> grantors)
    {
        if (grant.Dense is { } dense)
            _found.Add(dense.NotIsolated);
        else
            _found.AddBoth(grant.Peers, _index.NotIsolatedForEgress);
        foreach (var position in grantors)
        {
            var named = _index.EgressGrantors[position];
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

    private void Add(in GrantByPort grant, IndexSet senders)
    {
        if (senders.IsEmpty)
            return;
        if (grant.Dense is { } dense)
            _found.AddBoth(senders, dense.Bits);
        else
            _found.AddBoth(grant.Peers, senders);
    }
}
